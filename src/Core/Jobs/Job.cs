using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Jobs;

/// <summary>One order for many users, from its request to its end.</summary>
public sealed record Job
{
    public required JobId Id { get; init; }

    public required JobKind Kind { get; init; }

    public required JobStatus Status { get; init; }

    public required CertificationCode CertificationCode { get; init; }

    public required AwardOrder Order { get; init; }

    /// <summary>The users, in <see cref="ShardOrder"/>, where they are few; null: they are in the selection, then in the manifest.</summary>
    public IReadOnlyList<LmsId>? Users { get; init; }

    /// <summary>The list of users that the selection came to; null until it is resolved. The first one that is put here counts.</summary>
    public string? Manifest { get; init; }

    /// <summary>How many runs the manifest is cut into.</summary>
    public int Runs { get; init; }

    /// <summary>How many users the requester expects; another number fails the job before it awards anyone.</summary>
    public int? ConfirmUsers { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Null until the selection is resolved.</summary>
    public int? Total { get; init; }

    /// <summary>The final counts; while the job runs they are the sum of its receipts.</summary>
    public JobCounts Counts { get; init; } = JobCounts.None;

    public JobError? Error { get; init; }

    /// <summary>When its messages were last sent, and how often they were sent again.</summary>
    public required DateTimeOffset SentAt { get; init; }

    public int Resends { get; init; }

    public bool IsFinal => Status is JobStatus.Completed or JobStatus.CompletedWithErrors or JobStatus.Cancelled or JobStatus.Failed;

    public Job Completed(JobCounts counts, DateTimeOffset now) => this with
    {
        Status = counts.Failed > 0 ? JobStatus.CompletedWithErrors : JobStatus.Completed,
        Counts = counts,
        FinishedAt = now,
    };

    /// <summary>The job as it fails when the selection has another number of users than was confirmed.</summary>
    public Job Mismatched(int expected, DateTimeOffset now) => Failed(
        "confirmation_mismatch", $"{expected} users were confirmed, but the selection has {Total}. Nobody was awarded.", now);

    public Job Failed(string code, string detail, DateTimeOffset now) => this with
    {
        Status = JobStatus.Failed,
        Error = new JobError(code, detail),
        FinishedAt = now,
    };
}

public enum JobKind
{
    Award,
    Plan,
    Undo,
    Import,
    Retroactive,
}

public enum JobStatus
{
    Queued,
    Running,
    Completed,
    CompletedWithErrors,
    Cancelled,
    Failed,
}

public sealed record JobError(string Code, string Detail);
