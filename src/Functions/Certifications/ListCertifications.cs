using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Certifications;

public sealed class ListCertifications(CertificationService certifications, Lists lists)
{
    [Function(nameof(ListCertifications)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/certifications")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var search = input.Query.Text("search").OrNull();
        var status = input.Query.OneOf<CertificationChoice>("status").Or(CertificationChoice.Active);
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var found = await certifications.ListAsync(search, StatusOf(status), page, cancellationToken);
        return await lists.AnswerAsync(input, found, CertificationAnswer.Of, cancellationToken);
    }

    private static CertificationStatus? StatusOf(CertificationChoice choice) => choice switch
    {
        CertificationChoice.Active => CertificationStatus.Active,
        CertificationChoice.Archived => CertificationStatus.Archived,
        _ => null,
    };

    private enum CertificationChoice
    {
        Active,
        Archived,
        All,
    }
}
