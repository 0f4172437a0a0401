using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Ingestion;

namespace CertFunctions.Core.Jobs;

/// <summary>What was asked for many users at once, from its request to its end.</summary>
public sealed record Job
{
    public required JobId Id { get; init; }

    public required JobKind Kind { get; init; }

    public required JobStatus Status { get; init; }

    /// <summary>Null: a file, which can be about several.</summary>
    public CertificationCode? CertificationCode { get; init; }

    /// <summary>What each user of an award is to get; null where each task says so itself.</summary>
    public AwardOrder? Order { get; init; }

    /// <summary>With <see cref="JobKind.Import"/>: the file.</summary>
    public ImportFile? Import { get; init; }

    /// <summary>The users, in <see cref="ShardOrder"/>, where they are few; null: they are in the selection, then in the manifest.</summary>
    public IReadOnlyList<LmsId>? Users { get; init; }

    /// <summary>The list of tasks that the job came to; null until it is resolved. The first one that is put here counts.</summary>
    public string? Manifest { get; init; }

    /// <summary>How many runs the manifest is cut into.</summary>
    public int Runs { get; init; }

    /// <summary>How many users the requester expects; another number fails the job before it awards anyone.</summary>
    public int? ConfirmUsers { get; init; }

    public required string RequestedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>How many tasks there are: users, or lines of a file. Null until that is known.</summary>
    public int? Total { get; init; }

    /// <summary>The final counts; while the job runs they are the sum of its receipts.</summary>
    public JobCounts Counts { get; init; } = JobCounts.None;

    /// <summary>Why it failed.</summary>
    public JobError? Error { get; init; }

    /// <summary>Why it waits: the last trouble that was met; null once the job has moved on.</summary>
    public JobTrouble? Trouble { get; init; }

    /// <summary>When its messages were last sent, and how often they were sent again.</summary>
    public required DateTimeOffset SentAt { get; init; }

    public int Resends { get; init; }

    /// <summary>When it was last found to make no progress; null once it has moved on.</summary>
    public DateTimeOffset? StalledAt { get; init; }

    public bool IsFinal => Status is JobStatus.Completed or JobStatus.CompletedWithErrors or JobStatus.Cancelled or JobStatus.Failed;

    public Job Completed(JobCounts counts, DateTimeOffset now) => this with
    {
        Status = counts.Failed > 0 ? JobStatus.CompletedWithErrors : JobStatus.Completed,
        Counts = counts,
        Trouble = null,
        FinishedAt = now,
    };

    /// <summary>The job as it has made a step: whatever was in its way no longer is.</summary>
    public Job Moved(DateTimeOffset now) => this with { SentAt = now, Resends = 0, Trouble = null };

    /// <summary>The job as it fails when the selection has another number of users than was confirmed.</summary>
    public Job Mismatched(int expected, DateTimeOffset now) => Failed(
        "confirmation_mismatch", $"{expected} users were confirmed, but the selection has {Total}. Nobody was awarded.", now);

    /// <summary>The job as it fails when the selection has more users than may be awarded without confirmation.</summary>
    public Job Unconfirmed(int most, DateTimeOffset now) => Failed(
        "confirmation_required", $"The selection has {Total} users, more than {most}: say so in confirmUsers. Nobody was awarded.", now);

    public Job Failed(string code, string detail, DateTimeOffset now) => this with
    {
        Status = JobStatus.Failed,
        Error = new JobError(code, Excerpt.Of(detail, Limits.ErrorDetailLength)),
        Trouble = null,
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

/// <summary>What a job waits to pass.</summary>
/// <param name="Code"><c>storage_unavailable</c>, <c>processing_failed</c> or <c>stalled</c>.</param>
/// <param name="At">When it was met.</param>
public sealed record JobTrouble(string Code, string Detail, DateTimeOffset At)
{
    /// <summary>How long the same trouble is not noted again: a run may meet it again and again.</summary>
    public static readonly TimeSpan NotedFor = TimeSpan.FromMinutes(1);
}
