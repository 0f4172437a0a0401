using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Audit;

public sealed class VerifyAudit(IAuditTrail trail, OrganisationClock clock)
{
    [Function(nameof(VerifyAudit)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/audit/verify")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var day = input.Query.Date("day").OrNull();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return Answer.Ok(AuditVerdictAnswer.Of(await trail.VerifyAsync(day ?? clock.Today, cancellationToken)));
    }
}
