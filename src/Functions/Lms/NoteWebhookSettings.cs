using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Lms;

/// <summary>Once a minute, which costs nothing after the first time.</summary>
public sealed class NoteWebhookSettings(WebhookSettingsWatch watch)
{
    [Function(nameof(NoteWebhookSettings))]
    public Task Run([TimerTrigger("10 * * * * *")] TimerInfo timer, CancellationToken cancellationToken) => watch.NoteAsync(cancellationToken);
}
