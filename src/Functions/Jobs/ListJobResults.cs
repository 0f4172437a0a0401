using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Jobs;

public sealed class ListJobResults(IJobStore jobs, JobResultsService results, Lists lists)
{
    [Function(nameof(ListJobResults)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/jobs/{id}/results")] HttpRequest request,
        string id,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var jobId = input.JobId(id);
        var outcome = input.Query.OneOf<ChangeOutcome>("outcome").OrNull();
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (await jobs.FindAsync(jobId, cancellationToken) is null)
        {
            return Problem.Of(JobRejections.NotFound(jobId));
        }

        var found = await results.ListAsync(jobId, outcome, page, cancellationToken);
        return await lists.AnswerAsync(input, found, JobResultAnswer.Of, cancellationToken);
    }
}
