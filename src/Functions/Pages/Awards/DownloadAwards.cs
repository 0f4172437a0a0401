using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Awards;

/// <summary>All rows of the list as CSV, as the API gives them to who asks for that type: a link cannot.</summary>
public sealed class DownloadAwards(AwardListService awards, OrganisationClock clock)
{
    [Function(nameof(DownloadAwards)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/{code}/awards.csv")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var asked = AwardFilterQuery.ReadForCertification(input.Query);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (!asked().IsDone(out var filter, out var why))
        {
            return Problem.Of(why);
        }

        var found = await awards.ReadAsync(certificationCode, filter, cancellationToken);
        return found.Answer(all => new AwardsCsv(all, filter.AsOf ?? clock.Today, $"awards-{certificationCode}.csv"));
    }
}
