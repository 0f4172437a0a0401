using System.Text.Json.Serialization;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Jobs;

/// <summary>A job as callers see it.</summary>
public sealed record JobAnswer
{
    public required string Id { get; init; }

    public required JobKind Kind { get; init; }

    public required JobStatus Status { get; init; }

    public required CertificationCode? CertificationCode { get; init; }

    /// <summary>The file that an import works on, as it was dropped: <c>awards/awards-2026-11.csv</c>.</summary>
    public required string? File { get; init; }

    public required string RequestedBy { get; init; }

    public required string? Reason { get; init; }

    public required string? PlanId { get; init; }

    public required string? Undoes { get; init; }

    /// <summary>The job whose end began it.</summary>
    public required string? Follows { get; init; }

    /// <summary>The job that its end began.</summary>
    public required string? FollowedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    public required DateTimeOffset? FinishedAt { get; init; }

    public required int? Total { get; init; }

    public required int Processed { get; init; }

    public required int Awarded { get; init; }

    public required int Renewed { get; init; }

    public required int Updated { get; init; }

    public required int Revoked { get; init; }

    public required int Skipped { get; init; }

    public required int Failed { get; init; }

    /// <summary>At the pace so far; null while nothing can be said, and at the end.</summary>
    public required int? EtaSeconds { get; init; }

    /// <summary>Why it failed; while it waits for trouble to pass, the last that was met.</summary>
    public required JobError? Error { get; init; }

    /// <summary>Only where the job was done before the answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<JobResultAnswer>? Results { get; init; }

    public static JobAnswer Of(Job job, OrganisationClock clock) => new()
    {
        Id = job.Id.Value,
        Kind = job.Kind,
        Status = job.Status,
        CertificationCode = job.Work.About,
        File = job.Work.FilePath,
        RequestedBy = job.RequestedBy,
        Reason = job.Work.Why,
        PlanId = job.PlanId?.Value,
        Undoes = job.Work.Undoes?.Value,
        Follows = job.Work.Follows?.Value,
        FollowedBy = job.Status is JobStatus.Completed or JobStatus.CompletedWithErrors ? job.Work.FollowedBy?.Value : null,
        CreatedAt = job.CreatedAt,
        StartedAt = job.StartedAt,
        FinishedAt = job.FinishedAt,
        Total = job.Total,
        Processed = job.Counts.Processed,
        Awarded = job.Counts.Awarded,
        Renewed = job.Counts.Renewed,
        Updated = job.Counts.Updated,
        Revoked = job.Counts.Revoked,
        Skipped = job.Counts.Skipped,
        Failed = job.Counts.Failed,
        EtaSeconds = JobEta.SecondsLeft(job, clock.Now),
        Error = job.Error ?? (job.Trouble is { } trouble ? new JobError(trouble.Code, trouble.Detail) : null),
    };
}
