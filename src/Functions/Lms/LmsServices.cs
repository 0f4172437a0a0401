using CertFunctions.Core.Directory;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Health;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Functions.Storage.Lms;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static CertFunctions.Functions.Storage.StorageNames;

namespace CertFunctions.Functions.Lms;

/// <summary>Wires what the LMS tells us.</summary>
internal static class LmsServices
{
    public static IServiceCollection AddLms(this IServiceCollection services, IConfiguration settings) => services
        .AddSingleton(WebhookSettings.Of(settings))
        .AddSingleton<WebhookProof>()
        .AddSingleton<IKnownWebhookSettingsStore>(s => new TableKnownWebhookSettingsStore(s.Table(Tables.Settings), s.GetRequiredService<AuditOutbox>()))
        .AddSingleton<WebhookSettingsWatch>()
        .AddSingleton<IWebhookStore>(s => new BlobWebhookStore(s.Container(Containers.Webhooks)))
        .AddSingleton<IWebhookQueue>(s => new StorageWebhookQueue(s.Queue(Queues.WebhookMessages)))
        .AddSingleton<IDeadLetterStore>(s => new TableDeadLetterStore(s.Table(Tables.Webhooks), s.GetRequiredService<IWebhookStore>(), s.GetRequiredService<AuditOutbox>()))
        .AddSingleton<IUserArrivals, AwaitedArrivals>()
        .AddSingleton<ElementService>()
        .AddSingleton<WebhookService>()
        .AddSingleton<DeadLetterService>()
        .AddCheck<OldDeadLettersCheck>("oldDeadLetters");
}
