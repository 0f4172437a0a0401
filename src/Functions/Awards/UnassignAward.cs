using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class UnassignAward(AwardService awards)
{
    [Function(nameof(UnassignAward)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "api/certifications/{code}/awards/{userId}")] HttpRequest request,
        string code,
        string userId,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var certificationCode = input.Code(code);
        var id = input.Id(userId);
        var reason = input.Query.Text("reason", Limits.ReasonLength).OrNull();
        var precondition = input.Precondition();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var unassigned = await awards.UnassignAsync(certificationCode, id, reason, precondition, input.Caller.Name, cancellationToken);
        return unassigned.Answer(_ => Answer.NoContent());
    }
}
