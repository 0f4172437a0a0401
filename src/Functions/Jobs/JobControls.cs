using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Jobs;

/// <summary>Reads what a call asks of a job as a whole, and answers with the job: 202, as what follows happens behind the answer.</summary>
public sealed class JobControls(IdempotentPosts posts, JobProgress progress, OrganisationClock clock)
{
    public async Task<IResult> RunAsync(
        HttpRequest request, string id, Func<JobId, string, CancellationToken, Task<Outcome<Job>>> control, CancellationToken cancellationToken)
    {
        var input = await HttpInput.WithOptionalBodyAsync(request, cancellationToken);
        var jobId = input.JobId(id);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return await posts.RunAsync(
            input,
            () => id,
            async _ => (await control(jobId, input.Caller.Name, cancellationToken)).IsDone(out var job, out var why)
                ? Answer.Accepted($"/api/jobs/{id}", JobAnswer.Of(await progress.WithCountsAsync(job, cancellationToken), clock))
                : Problem.Of(why),
            cancellationToken);
    }
}
