using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Pages.Jobs;

/// <summary>What a button of a job's page asks of the job as a whole: the page then shows what comes of it.</summary>
internal static class JobControlsOnPage
{
    public static async Task<IResult> RunAsync(
        HttpRequest request, string id, Func<JobId, string, CancellationToken, Task<Outcome<Job>>> control, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var jobId = input.JobId(id);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var controlled = await control(jobId, input.Caller.Name, cancellationToken);
        return controlled.Answer(job => HtmxRequests.GoTo(request, $"/jobs/{job.Id}"));
    }
}
