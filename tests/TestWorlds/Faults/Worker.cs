using Azure.Core;
using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Functions;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Operations.Checking;
using Microsoft.Extensions.DependencyInjection;

namespace CertFunctions.TestWorlds.Faults;

/// <summary>
/// The app as one process has it: its own wiring, its own memory, real adapters on real storage, and a transport that faults happen to.
/// After a crash it is of no more use; another takes its place.
/// </summary>
public sealed class Worker : IAsyncDisposable
{
    private readonly ServiceProvider services;

    internal Worker(string connectionString, TimeProvider time, IReadOnlyDictionary<string, string?> settings, ImportSettings imports)
    {
        var configuration = TestSettings.OfApp(connectionString, settings.Select(setting => (setting.Key, setting.Value)));
        var wiring = new ServiceCollection()
            .AddLogging()
            .AddCertFunctions(configuration)
            .AddSingleton(time)
            .AddSingleton(new OrganisationClock(time, TimeZoneInfo.Utc))
            .AddSingleton(imports)
            .AddSingleton(new StorageClients(configuration, Adjust));
        services = wiring.BuildServiceProvider();
    }

    public FaultTransport Storage { get; } = new();

    /// <summary>A service, or a function with the services that it asks for.</summary>
    public T Get<T>()
        where T : class => ActivatorUtilities.GetServiceOrCreateInstance<T>(services);

    /// <summary>Does what the trigger does with a message.</summary>
    /// <param name="stopping">The host shuts down.</param>
    public Task HandleAsync(QueuedMessage message, CancellationToken stopping = default) => message.Queue switch
    {
        StorageNames.Queues.JobSteps => Get<AdvanceJob>().Run(message.Text, stopping),
        StorageNames.Queues.JobRuns => Get<ProcessJobRun>().Run(message.Text, stopping),
        StorageNames.Queues.SmallJobRuns => Get<ProcessSmallJobRun>().Run(message.Text, stopping),
        StorageNames.Queues.SmallJobRunsPoison => Get<GiveUpSmallJobRun>().Run(message.Text, stopping),
        StorageNames.Queues.JobStepsPoison => Get<GiveUpJob>().Run(message.Text, stopping),
        StorageNames.Queues.JobRunsPoison => Get<GiveUpJobRun>().Run(message.Text, stopping),
        StorageNames.Queues.WebhookMessages => Get<ApplyWebhook>().Run(message.Text, stopping),
        StorageNames.Queues.WebhookMessagesPoison => Get<GiveUpWebhook>().Run(message.Text, stopping),
        _ => throw new ArgumentException($"Nothing listens to {message.Queue}.", nameof(message)),
    };

    public ValueTask DisposeAsync() => services.DisposeAsync();

    /// <summary>The retries stay those of the app, without their waiting.</summary>
    private void Adjust(ClientOptions options)
    {
        options.Transport = Storage;
        options.Retry.Mode = RetryMode.Fixed;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
    }
}
