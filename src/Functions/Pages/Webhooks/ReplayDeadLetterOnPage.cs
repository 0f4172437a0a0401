using CertFunctions.Core.Lms;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.Webhooks;

public sealed class ReplayDeadLetterOnPage(DeadLetterService letters)
{
    [Function(nameof(ReplayDeadLetterOnPage)), Needs(CallerRole.Superadmin), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "webhooks/{id}/replay")] HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var letter = input.Route<DeadLetterId>(id, DeadLetterId.TryParse, DeadLetterId.Rule);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        var outcome = await letters.ReplayAsync(letter, input.Actor, cancellationToken);
        return outcome.Answer(replayed => HtmxRequests.GoTo(request, $"/webhooks?replayed={(replayed.Letter is null ? "true" : "false")}"));
    }
}
