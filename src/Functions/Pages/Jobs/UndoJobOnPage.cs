using CertFunctions.Core;
using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Jobs;

/// <summary>Undoes a job, or with the button <c>plan</c> only finds out what would come of it. Of a large one the dialog offers nothing else.</summary>
public sealed class UndoJobOnPage(UndoService undo, IJobStore jobs, OrganisationClock clock)
{
    [Function(nameof(UndoJobOnPage)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "jobs/{id}/undo")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var jobId = input.JobId(id);
        var form = await PageForm.ReadAsync(request, cancellationToken);
        var reason = AwardFields.ReadReason(form);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        Rejection? why = null;
        if (form.Errors.IsEmpty)
        {
            var undone = await undo.UndoAsync(
                jobId,
                new UndoRequest(form.Raw("go") == "plan", ConfirmUsers: null, reason),
                input.Caller.Name,
                new ReservedJobId(JobId.New(clock.Now), IsNew: true),
                cancellationToken);
            if (undone.IsDone(out var begun, out why))
            {
                return HtmxRequests.GoTo(request, $"/jobs/{begun.Job.Id}");
            }
        }

        if (await jobs.FindAsync(jobId, cancellationToken) is not { Job: var job })
        {
            return Problem.Of(JobRejections.NotFound(jobId));
        }

        if (why is not null)
        {
            form.Errors.Add(null, why.Detail);
        }

        return PageAnswer.Of<UndoDialog, UndoModel>(
            new(job, undo.NeedsConfirmation(job), form.Raw("reason"), form.Errors), StatusCodes.Status422UnprocessableEntity);
    }
}
