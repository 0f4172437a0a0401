using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Jobs;

/// <summary>One line when a job starts, stalls, moves on and ends.</summary>
public sealed partial class JobLog(ILogger<JobLog> logger)
{
    public void Started(Job job)
    {
        var subject = LogText.Of(job.Work.FilePath ?? job.Work.About?.Value);
        if (job.Total is { } total)
        {
            Started(job.Id, job.Kind, subject, total);
        }
        else
        {
            Started(job.Id, job.Kind, subject);
        }
    }

    public void Ended(Job job)
    {
        var counts = job.Counts;
        Ended(
            job.Id, job.Kind, job.Status, job.Error?.Code ?? "no error", job.Total ?? 0,
            counts.Awarded, counts.Renewed, counts.Updated, counts.Revoked, counts.Skipped, counts.Failed);
    }

    public void Note(SweptJob swept)
    {
        if (swept.Resumed)
        {
            Resumed(swept.Job.Id);
        }
        else
        {
            Stalled(swept.Job.Id, swept.Job.Trouble?.Code, swept.Job.Resends);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} starts: {Kind} of {Subject}, in all {Total}")]
    private partial void Started(JobId jobId, JobKind kind, string? subject, int total);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} starts: {Kind} of {Subject}")]
    private partial void Started(JobId jobId, JobKind kind, string? subject);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} has stalled ({Trouble}): its messages are sent again, for the {Times}. time")]
    private partial void Stalled(JobId jobId, string? trouble, int times);

    [LoggerMessage(Level = LogLevel.Information, Message = "Job {JobId} has moved on")]
    private partial void Resumed(JobId jobId);

    [LoggerMessage(
        Level = LogLevel.Information,
        Message = "Job {JobId} ends: {Kind} {Status} ({Error}), in all {Total}: {Awarded} awarded, {Renewed} renewed, {Updated} updated, {Revoked} revoked, {Skipped} skipped, {Failed} failed")]
    private partial void Ended(
        JobId jobId, JobKind kind, JobStatus status, string error, int total, int awarded, int renewed, int updated, int revoked, int skipped, int failed);
}
