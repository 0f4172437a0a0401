using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Awards;

public sealed class UnassignAwardOnPage(AwardService awards)
{
    [Function(nameof(UnassignAwardOnPage)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "certifications/{code}/awards/{userId}/unassign")] HttpRequest request,
        string code,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var id = input.Id(userId);
        var form = await PageForm.ReadAsync(request, cancellationToken);
        var reason = AwardFields.ReadReason(form);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (form.Errors.IsEmpty)
        {
            var seen = new Precondition([form.Raw("version")], Exists: true);
            var unassigned = await awards.UnassignAsync(certificationCode, id, reason, seen, input.Caller.Name, cancellationToken);
            if (unassigned.IsDone(out _, out var why))
            {
                return HtmxRequests.GoTo(request, $"/certifications/{certificationCode}/awards");
            }

            if (why.Kind != RejectionKind.VersionConflict)
            {
                return Problem.Of(why);
            }

            form.Errors.Add(null, "Somebody else has changed this award since you opened it. Below it stands as it is now.");
        }

        var found = await awards.FindAsync(certificationCode, id, cancellationToken);
        return found.Answer(award => PageAnswer.Of<UnassignDialog, UnassignModel>(
            new(award, form.Raw("reason"), form.Errors), StatusCodes.Status422UnprocessableEntity));
    }
}
