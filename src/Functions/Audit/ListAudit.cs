using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Audit;

public sealed class ListAudit(IAuditTrail trail, Lists lists)
{
    [Function(nameof(ListAudit)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/audit")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var from = input.Query.Date("from").OrNull();
        var to = input.Query.Date("to").OrNull();
        if (to < from)
        {
            input.Query.Complain("to", "must not be before from");
        }

        var actor = input.Query.Text("actor", Limits.SubjectLength).OrNull();
        var subject = input.Query.Text("subject", Limits.AuditSubjectLength).OrNull();
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await trail.ListAsync(new AuditFilter(from, to, actor, subject), page, cancellationToken);
        return await lists.AnswerAsync(input, found, AuditEntryAnswer.Of, cancellationToken);
    }
}
