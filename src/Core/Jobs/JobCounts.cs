using System.Text.Json.Serialization;

namespace CertFunctions.Core.Jobs;

/// <summary>How many users of a job, or of a run of it, came to which outcome.</summary>
public sealed record JobCounts(int Awarded = 0, int Renewed = 0, int Updated = 0, int Revoked = 0, int Skipped = 0, int Failed = 0)
{
    public static readonly JobCounts None = new();

    public int Processed => Awarded + Renewed + Updated + Revoked + Skipped + Failed;

    /// <summary>Of how many anything was written.</summary>
    [JsonIgnore]
    public int Changed => Processed - Skipped - Failed;

    public static JobCounts operator +(JobCounts left, JobCounts right) => left.Add(right);

    public static JobCounts operator -(JobCounts left, JobCounts right) => left.Subtract(right);

    public static JobCounts Of(IEnumerable<ChangeOutcome> outcomes) => outcomes.Aggregate(None, (sum, outcome) => sum.Add(outcome));

    public JobCounts Add(JobCounts other) => new(
        Awarded + other.Awarded,
        Renewed + other.Renewed,
        Updated + other.Updated,
        Revoked + other.Revoked,
        Skipped + other.Skipped,
        Failed + other.Failed);

    public JobCounts Subtract(JobCounts other) => new(
        Awarded - other.Awarded,
        Renewed - other.Renewed,
        Updated - other.Updated,
        Revoked - other.Revoked,
        Skipped - other.Skipped,
        Failed - other.Failed);

    private JobCounts Add(ChangeOutcome outcome) => outcome switch
    {
        ChangeOutcome.Awarded => this with { Awarded = Awarded + 1 },
        ChangeOutcome.Renewed => this with { Renewed = Renewed + 1 },
        ChangeOutcome.Updated => this with { Updated = Updated + 1 },
        ChangeOutcome.Revoked => this with { Revoked = Revoked + 1 },
        ChangeOutcome.Skipped => this with { Skipped = Skipped + 1 },
        _ => this with { Failed = Failed + 1 },
    };
}
