namespace CertFunctions.Core.Lms;

/// <summary>Takes messages of the LMS and applies them.</summary>
public sealed class WebhookService(
    IWebhookStore messages, IWebhookQueue queue, IDeadLetterStore letters, ElementService elements, TimeProvider time)
{
    /// <summary>Two writes: the message is kept, then queued. Whoever hears of success can forget it.</summary>
    /// <returns>How many elements it has.</returns>
    public async Task<Outcome<int>> ReceiveAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!WebhookEnvelope.Read(body.Span).IsDone(out var envelope, out var unreadable))
        {
            return unreadable;
        }

        var kept = await messages.KeepAsync(envelope.MessageId, body, time.GetUtcNow(), cancellationToken);
        if (kept == WebhookKept.OtherBody)
        {
            return Rejection.Conflict(ErrorCode.MessageIdReused, "Another message with this message_id has been accepted before.");
        }

        // Also one that was kept before: a crash may have come between keeping and queueing.
        await queue.SendMessageAsync(WebhookKey.Of(envelope.MessageId), cancellationToken);
        return envelope.Payloads.Count;
    }

    /// <summary>Applies each element in turn. One that is refused becomes a dead letter and does not keep the others.</summary>
    /// <returns>Null: there is no such message, or it has been applied before.</returns>
    public Task<AppliedWebhook?> ApplyAsync(WebhookKey key, CancellationToken cancellationToken) =>
        ApplyAsync(key, elements.ApplyAsync, cancellationToken);

    /// <summary>The last attempt at a message that failed again and again: what still fails becomes a dead letter, whatever the reason.</summary>
    /// <returns>Null: there is no such message, or it has been applied before.</returns>
    public Task<AppliedWebhook?> GiveUpAsync(WebhookKey key, CancellationToken cancellationToken) =>
        ApplyAsync(key, TryApplyAsync, cancellationToken);

    private async Task<AppliedWebhook?> ApplyAsync(
        WebhookKey key, Func<WebhookElement, CancellationToken, Task<ElementResult>> apply, CancellationToken cancellationToken)
    {
        if (await messages.FindAsync(key, cancellationToken) is not { IsApplied: false } stored)
        {
            return null;
        }

        if (!WebhookEnvelope.Read(stored.Body.Span).IsDone(out var envelope, out var why))
        {
            throw new InvalidDataException($"The message kept as {key} is not one that was accepted: {why.Detail}");
        }

        var (unknown, failed) = (0, 0);
        for (var index = 0; index < envelope.Payloads.Count; index++)
        {
            var element = new WebhookElement(envelope.MessageId, envelope.Event, index, envelope.Payloads[index], stored.ReceivedAt);
            switch (await apply(element, cancellationToken))
            {
                case ElementResult.Unknown:
                    unknown++;
                    break;
                case ElementResult.Failed refused:
                    failed++;
                    await letters.AddAsync(DeadLetter.Of(element, refused, attempts: 1, time.GetUtcNow()), cancellationToken);
                    break;
            }
        }

        await messages.MarkAppliedAsync(key, cancellationToken);
        return new AppliedWebhook(envelope.MessageId, envelope.Event, stored.ReceivedAt, envelope.Payloads.Count, unknown, failed);
    }

    private async Task<ElementResult> TryApplyAsync(WebhookElement element, CancellationToken cancellationToken)
    {
        try
        {
            return await elements.ApplyAsync(element, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // Nobody tries again after this: the reason is kept with the element, where the superadmin finds both.
            var why = new Rejection(RejectionKind.Unprocessable, ErrorCode.ProcessingFailed, $"It failed again and again, at last with {e.GetType().Name}; the log says why.");
            return new ElementResult.Failed(why, null);
        }
    }
}

/// <param name="Elements">How many it has; of these some were unknown, some failed.</param>
public sealed record AppliedWebhook(string MessageId, string Event, DateTimeOffset ReceivedAt, int Elements, int Unknown, int Failed);
