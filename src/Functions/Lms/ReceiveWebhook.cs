using CertFunctions.Core;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Net.Http.Headers;

namespace CertFunctions.Functions.Lms;

/// <summary>Takes a message of the LMS, which gives up after 5 s: it is kept and queued, and applied later.</summary>
public sealed class ReceiveWebhook(WebhookService webhooks, WebhookProof proof)
{
    [Function(nameof(ReceiveWebhook))]
    [OwnProof, AnswersSoon]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/webhooks/lms")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (!proof.MayHold(request.Headers))
        {
            return Refused();
        }

        var (body, unreadable) = await RequestBytes.ReadAsync(request, Limits.WebhookBodyBytes, cancellationToken);
        if (unreadable is not null)
        {
            return unreadable;
        }

        if (!proof.Holds(request.Headers, body))
        {
            return Refused();
        }

        if (!IsJson(request))
        {
            return Problem.UnsupportedMediaType("Send the body as application/json, not compressed.");
        }

        var outcome = await webhooks.ReceiveAsync(body, cancellationToken);
        return outcome.Answer(elements => Answer.Accepted(new WebhookAccepted(elements)));
    }

    private Problem Refused() => Problem.WithoutProof(proof.TakesBasic ? "Basic realm=\"webhooks\", charset=\"UTF-8\"" : null);

    /// <summary>Whatever charset it claims: JSON is UTF-8.</summary>
    private static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && (request.ContentType is null
            || (MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
                && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase))));
}

/// <param name="Accepted">How many elements the message has.</param>
public sealed record WebhookAccepted(int Accepted);
