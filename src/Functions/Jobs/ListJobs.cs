using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

public sealed class ListJobs(JobProgress progress, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ListJobs)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/jobs")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
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
        return await lists.AnswerAsync(input, found, job => JobAnswer.Of(job, clock), cancellationToken);
    }
}
