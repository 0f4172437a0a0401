using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Jobs;

public sealed class ShowJobs(JobProgress progress, Lists lists)
{
    [Function(nameof(ShowJobs)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "jobs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var filter = new JobFilter(
            input.Query.OneOf<JobKind>("kind").OrNull(),
            input.Query.OneOf<JobStatus>("status").OrNull(),
            input.Query.Text("requestedBy").OrNull());
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await progress.ListAsync(filter, page, cancellationToken);
        return PageAnswer.Of<JobsView, JobList>(new JobList(found.Items, filter, await ListPlace.OfAsync(lists, input, found, cancellationToken)));
    }
}

/// <param name="Items">Newest first.</param>
public sealed record JobList(IReadOnlyList<Job> Items, JobFilter Filter, ListPlace Place);
