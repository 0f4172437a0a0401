using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Ingestion;

/// <summary>The file as it came, with what became of each row. Always CSV, whatever the caller accepts.</summary>
public sealed class GetJobReport(IJobStore jobs, IImportFiles files)
{
    [Function(nameof(GetJobReport)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/jobs/{id}/report")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var jobId = input.JobId(id);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (await jobs.FindAsync(jobId, cancellationToken) is not { } stored)
        {
            return Problem.Of(JobRejections.NotFound(jobId));
        }

        if (stored.Job.Work is IFileWork { File: var file } && await files.FindReportAsync(jobId, file, cancellationToken) is { } report)
        {
            return Results.Stream(report, $"text/csv; charset={file.Format!.Charset}", Path.GetFileName(file.ReportOf(jobId.Value)));
        }

        return Problem.Of(RejectionOf(stored.Job));
    }

    private static Rejection RejectionOf(Job job) => job switch
    {
        { Work: not IFileWork } => Rejection.NotFound(ErrorCode.ReportNotFound, $"Job {job.Id} imports no file."),
        { IsFinal: false } => Rejection.Conflict(ErrorCode.JobStateConflict, $"Job {job.Id} is still at work; its report comes with its end."),
        _ => Rejection.NotFound(ErrorCode.ReportNotFound, $"Job {job.Id} has no report: {job.Error?.Detail}"),
    };
}
