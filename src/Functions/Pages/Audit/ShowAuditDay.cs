using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Audit;

/// <summary>Whether a day of the audit is as it was written. It reads all of the day, so the page asks for it by itself.</summary>
public sealed class ShowAuditDay(IAuditTrail trail)
{
    [Function(nameof(ShowAuditDay)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "audit/{day}")] HttpRequest request, string day, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var date = input.Route<DateOnly>(day, CalendarDate.TryParse, CalendarDate.Rule);
        return input.Refused(out var problem)
            ? problem
            : PageAnswer.Of<AuditDayView, AuditVerdict>(await trail.VerifyAsync(date, cancellationToken));
    }
}
