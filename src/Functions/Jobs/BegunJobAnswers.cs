using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Jobs;

/// <summary>Answers with a job: 200 and its results when it is done, 202 and where to look when it goes on.</summary>
public sealed class BegunJobAnswers(JobProgress progress, JobResultsService results, OrganisationClock clock)
{
    public async Task<IResult> OfAsync(BegunJob begun, CancellationToken cancellationToken)
    {
        if (!begun.Job.IsFinal || !begun.IsSmall)
        {
            var job = begun.IsInterrupted ? begun.Job : await progress.WithCountsAsync(begun.Job, cancellationToken);
            return Answer.Accepted($"/api/jobs/{job.Id}", JobAnswer.Of(job, clock));
        }

        var page = new PageRequest(Limits.UsersDoneBeforeAnswer, null);
        var listed = begun.Results ?? (await results.ListAsync(begun.Job.Id, null, page, cancellationToken)).Items;
        return Answer.Ok(JobAnswer.Of(begun.Job, clock) with { Results = [.. listed.OrderBy(result => result.UserId?.Value, StringComparer.Ordinal).ThenBy(result => result.Line).Select(JobResultAnswer.Of)] });
    }
}
