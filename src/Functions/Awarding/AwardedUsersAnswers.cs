using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Jobs;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Awarding;

/// <summary>Answers with a job: 200 and its results when it is done, 202 and where to look when it goes on.</summary>
public sealed class AwardedUsersAnswers(JobProgress progress, JobResultsService results, OrganisationClock clock)
{
    public async Task<IResult> OfAsync(AwardedUsers done, CancellationToken cancellationToken)
    {
        if (!done.Job.IsFinal || done.Job.Work.FewRuns is null)
        {
            var job = done.IsInterrupted ? done.Job : await progress.WithCountsAsync(done.Job, cancellationToken);
            return Answer.Accepted($"/api/jobs/{job.Id}", JobAnswer.Of(job, clock));
        }

        var page = new PageRequest(Limits.UsersDoneBeforeAnswer, null);
        var listed = done.Results ?? (await results.ListAsync(done.Job.Id, null, page, cancellationToken)).Items;
        return Answer.Ok(JobAnswer.Of(done.Job, clock) with { Results = [.. listed.OrderBy(result => result.UserId!.Value, StringComparer.Ordinal).Select(JobResultAnswer.Of)] });
    }
}
