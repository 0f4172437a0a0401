using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Jobs;

public sealed class ShowUndoJob(IJobStore jobs, UndoService undo)
{
    [Function(nameof(ShowUndoJob)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "jobs/{id}/undo")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var jobId = input.JobId(id);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return await jobs.FindAsync(jobId, cancellationToken) is { Job: var job }
            ? PageAnswer.Of<UndoDialog, UndoModel>(new(job, undo.NeedsConfirmation(job), "", FieldErrors.None))
            : Problem.Of(JobRejections.NotFound(jobId));
    }
}
