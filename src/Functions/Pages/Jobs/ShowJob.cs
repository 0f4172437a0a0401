using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Jobs;

/// <summary>A job as it stands, with what it came to. While it runs, the page that is open asks for it again and again.</summary>
public sealed class ShowJob(IJobStore jobs, JobProgress progress, JobResultsService results, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ShowJob)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "jobs/{id}")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var jobId = input.JobId(id);
        var outcome = input.Query.OneOf<ChangeOutcome>("outcome").OrNull();
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (await jobs.FindAsync(jobId, cancellationToken) is not { } stored)
        {
            return Problem.Of(JobRejections.NotFound(jobId));
        }

        var job = await progress.WithCountsAsync(stored.Job, cancellationToken);
        var found = await results.ListAsync(jobId, outcome, page, cancellationToken);
        var isApplied = job.AppliedBy is { } appliedBy && await jobs.FindAsync(appliedBy, cancellationToken) is not null;
        return PageAnswer.Of<JobView, ShownJob>(new ShownJob(
            job, JobEta.SecondsLeft(job, clock.Now), isApplied, found.Items, outcome,
            await ListPlace.OfAsync(lists, input, found, cancellationToken), $"{request.Path}{request.QueryString}"));
    }
}

/// <param name="SecondsLeft">Null: nothing can be said.</param>
/// <param name="IsApplied">It is a plan that a job carries out.</param>
/// <param name="Results">What it came to so far, of <paramref name="Outcome"/>; null: of any.</param>
/// <param name="Address">Of the page, as it was asked for.</param>
public sealed record ShownJob(
    Job Job, int? SecondsLeft, bool IsApplied, IReadOnlyList<JobResult> Results, ChangeOutcome? Outcome, ListPlace Place, string Address);
