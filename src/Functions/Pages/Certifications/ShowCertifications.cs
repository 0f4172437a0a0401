using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Certifications;

public sealed class ShowCertifications(CertificationService certifications, Lists lists)
{
    [Function(nameof(ShowCertifications)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var search = input.Query.Text("search").OrNull();
        var shown = input.Query.OneOf<CertificationsShown>("status").Or(CertificationsShown.Active);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await certifications.ListAsync(search, StatusOf(shown), page, cancellationToken);
        return PageAnswer.Of<CertificationsView, CertificationList>(
            new CertificationList(found.Items, search ?? "", shown, await ListPlace.OfAsync(lists, input, found, cancellationToken)));
    }

    private static CertificationStatus? StatusOf(CertificationsShown shown) => shown switch
    {
        CertificationsShown.Active => CertificationStatus.Active,
        CertificationsShown.Archived => CertificationStatus.Archived,
        _ => null,
    };
}

public enum CertificationsShown
{
    Active,
    Archived,
    All,
}

/// <param name="Search">As it was asked for; empty: all.</param>
public sealed record CertificationList(IReadOnlyList<AwardedCertification> Items, string Search, CertificationsShown Shown, ListPlace Place);
