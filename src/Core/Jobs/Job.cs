namespace CertFunctions.Core.Jobs;

/// <summary>What was asked for many users at once, from its request to its end.</summary>
public sealed record Job
{
    public required JobId Id { get; init; }

    /// <summary>What it is to do.</summary>
    public required Work Work { get; init; }

    /// <summary>It decides what its work would do, and does none of it.</summary>
    public bool IsPlan { get; init; }

    /// <summary>The plan that it carries out, whose list of tasks it works on; null: none.</summary>
    public JobId? PlanId { get; init; }

    /// <summary>Of a plan: the job that carries it out. The first one that is put here counts; it may not have been made.</summary>
    public JobId? AppliedBy { get; init; }

    /// <summary>How far it has been found out whether its plan still holds; null: not begun.</summary>
    public PlanCheck? Checked { get; init; }

    public required JobStatus Status { get; init; }

    /// <summary>The list of tasks that the job came to; null until it is resolved. The first one that is put here counts.</summary>
    public string? Manifest { get; init; }

    /// <summary>How far its tasks are listed, where that takes more than one step; null: not begun, or done.</summary>
    public ListedTasks? Listed { get; init; }

    /// <summary>How many runs the manifest is cut into.</summary>
    public int Runs { get; init; }

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

    /// <summary>Since when it has made no progress, however often its messages were sent again since; null once it has moved on.</summary>
    public DateTimeOffset? StalledSince { get; init; }

    /// <summary>How often it was resumed and retried.</summary>
    public JobTurn Turn { get; init; } = JobTurn.First;

    /// <summary>Somebody cancelled it, and its runs are being closed: nothing more is begun.</summary>
    public bool IsStopping { get; init; }

    /// <summary>What there is to do is known, and cut into runs; from then on their borders never move.</summary>
    public bool HasRuns => Total is not null;

    /// <summary>The job whose tasks these are: what it came to is listed under that one's id.</summary>
    public JobId ListedBy => PlanId ?? Id;

    /// <summary>How callers know it.</summary>
    public JobKind Kind => IsPlan ? JobKind.Plan : Work.Kind;

    /// <summary>Its runs go through a queue of their own.</summary>
    public bool IsSmall => Total <= Limits.TasksOfSmallJob;

    public bool IsFinal => Status is JobStatus.Completed or JobStatus.CompletedWithErrors or JobStatus.Cancelled or JobStatus.Failed;

    public static Job Queued(JobId id, Work work, string requestedBy, DateTimeOffset now) => new()
    {
        Id = id,
        Work = work,
        Status = JobStatus.Queued,
        RequestedBy = requestedBy,
        CreatedAt = now,
        SentAt = now,
    };

    public Job Completed(JobCounts counts, DateTimeOffset now) => this with
    {
        Status = counts.Failed > 0 ? JobStatus.CompletedWithErrors : JobStatus.Completed,
        Counts = counts,
        Trouble = null,
        IsStopping = false,
        FinishedAt = now,
    };

    /// <summary>Asked to stop: what is in hand is finished, nothing more is begun.</summary>
    public Job Stopping(DateTimeOffset now) => Moved(now) with { IsStopping = true };

    /// <summary>The job as it stands when nobody can write for it any more.</summary>
    public Job Cancelled(JobCounts counts, DateTimeOffset now) => this with
    {
        Status = JobStatus.Cancelled,
        Counts = counts,
        Trouble = null,
        IsStopping = false,
        FinishedAt = now,
    };

    /// <summary>The job as it goes on from where it was stopped.</summary>
    public Job Resumed(DateTimeOffset now) => Begun(Turn.Next, now);

    /// <summary>The job as it does again what failed.</summary>
    public Job Retried(DateTimeOffset now) => Begun(Turn.NextAsRetry, now);

    private Job Begun(JobTurn turn, DateTimeOffset now) => Moved(now) with
    {
        Status = HasRuns ? JobStatus.Running : JobStatus.Queued,
        Turn = turn,
        FinishedAt = null,
        StalledAt = null,
    };

    /// <summary>The job as it has made a step: whatever was in its way no longer is.</summary>
    public Job Moved(DateTimeOffset now) => this with { SentAt = now, StalledSince = null, Resends = 0, Trouble = null };

    /// <summary>The job as it goes on when the list of its tasks is written.</summary>
    public Job Resolved(Manifest manifest, DateTimeOffset now) => Moved(now) with
    {
        Manifest = manifest.Name,
        Listed = null,
        Runs = manifest.Runs,
        Total = manifest.Total,
        Status = JobStatus.Running,
        StartedAt = now,
    };

    public Job Failed(string code, string detail, DateTimeOffset now) => this with
    {
        Status = JobStatus.Failed,
        Error = new JobError(code, Excerpt.Of(detail, Limits.ErrorDetailLength)),
        Trouble = null,
        IsStopping = false,
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
