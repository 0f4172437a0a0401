using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Audit;

public sealed class ShowAudit(IAuditTrail trail, Lists lists)
{
    [Function(nameof(ShowAudit)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var filter = new AuditFilter(
            input.Query.Date("from").OrNull(),
            input.Query.Date("to").OrNull(),
            input.Query.Text("actor", Limits.SubjectLength).OrNull(),
            input.Query.Text("subject", Limits.AuditSubjectLength).OrNull());
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        // Nothing lies in days that end before they begin: the page says so beside the fields.
        var found = filter.To < filter.From ? new Page<RecordedEntry>([], null) : await trail.ListAsync(filter, page, cancellationToken);
        return PageAnswer.Of<AuditView, AuditList>(new AuditList(found.Items, filter, await ListPlace.OfAsync(lists, input, found, cancellationToken)));
    }
}

/// <param name="Items">Newest first.</param>
public sealed record AuditList(IReadOnlyList<RecordedEntry> Items, AuditFilter Filter, ListPlace Place);
