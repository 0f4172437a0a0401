using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Jobs;

/// <summary>Begins jobs, each once for its Idempotency-Key: 200 and its results when it is done, 202 and where to look when it goes on.</summary>
public sealed class JobPosts(IdempotentPosts posts, JobProgress progress, JobResultsService results, OrganisationClock clock)
{
    /// <param name="input">The request, already found free of errors.</param>
    /// <param name="begin">Begins the job under this id, or goes on with what was begun under it.</param>
    public Task<IResult> RunAsync(HttpInput input, Func<ReservedJobId, Task<Outcome<BegunJob>>> begin, CancellationToken cancellationToken) => posts.RunAsync(
        input,
        () => JobId.New(clock.Now).Value,
        async id => (await begin(new ReservedJobId(JobId.Parse(id.Value), id.IsNew))).IsDone(out var begun, out var why)
            ? await AnswerAsync(begun, cancellationToken)
            : Problem.Of(why),
        cancellationToken);

    private async Task<IResult> AnswerAsync(BegunJob begun, CancellationToken cancellationToken)
    {
        if (!begun.Job.IsFinal || !begun.IsSmall)
        {
            var job = begun.IsInterrupted ? begun.Job : await progress.WithCountsAsync(begun.Job, cancellationToken);
            return Answer.Accepted($"/api/jobs/{job.Id}", JobAnswer.Of(job, clock));
        }

        var page = new PageRequest(Limits.UsersDoneBeforeAnswer, null);
        var listed = begun.Results ?? (await results.ListAsync(begun.Job.Id, null, page, cancellationToken)).Items;
        var inOrder = listed.OrderBy(result => result.UserId?.Value, StringComparer.Ordinal).ThenBy(result => result.Line);
        return Answer.Ok(JobAnswer.Of(begun.Job, clock) with { Results = [.. inOrder.Select(JobResultAnswer.Of)] });
    }
}
