using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Awards;

public sealed class ListAwards(AwardListService awards, Lists lists, OrganisationClock clock)
{
    [Function(nameof(ListAwards)), Needs(CallerRole.Auditor)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/certifications/{code}/awards")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        request.HttpContext.Response.Headers.Vary = "Accept";
        var input = HttpInput.Of(request);
        var certificationCode = input.Code(code);
        var filter = AwardFilterQuery.ReadForCertification(input.Query);
        return request.Prefers("text/csv")
            ? await AllAsync(input, certificationCode, filter, cancellationToken)
            : await PageAsync(input, certificationCode, filter, cancellationToken);
    }

    private async Task<IResult> PageAsync(
        HttpInput input, CertificationCode code, Func<Outcome<AwardFilter>> asked, CancellationToken cancellationToken)
    {
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (!asked().IsDone(out var filter, out var why))
        {
            return Problem.Of(why);
        }

        var day = filter.AsOf ?? clock.Today;
        var found = await awards.ListAsync(code, filter, page, cancellationToken);
        return found.IsDone(out var awardsFound, out why)
            ? await lists.AnswerAsync(input, awardsFound, award => AwardAnswer.Of(award, day), cancellationToken)
            : Problem.Of(why);
    }

    /// <summary>All rows: there are no pages, so <c>limit</c> and <c>cursor</c> are unknown parameters.</summary>
    private async Task<IResult> AllAsync(
        HttpInput input, CertificationCode code, Func<Outcome<AwardFilter>> asked, CancellationToken cancellationToken)
    {
        if (input.Refused(out var problem))
        {
            return problem;
        }

        if (!asked().IsDone(out var filter, out var why))
        {
            return Problem.Of(why);
        }

        var found = await awards.ReadAsync(code, filter, cancellationToken);
        return found.Answer(all => new AwardsCsv(all, filter.AsOf ?? clock.Today, $"awards-{code}.csv"));
    }
}
