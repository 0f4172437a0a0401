using CertFunctions.LocalHost.Worker;
using Microsoft.Azure.WebJobs;
using Microsoft.Azure.WebJobs.Extensions.Timers;
using Microsoft.Azure.WebJobs.Host.Executors;
using Microsoft.Azure.WebJobs.Host.Timers;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CertFunctions.LocalHost.Triggers;

/// <summary>Microsoft's own triggers, set up with the app's own <c>host.json</c>.</summary>
internal static class TriggerHost
{
    private const string Section = "AzureFunctionsJobHost";

    /// <summary>The longest pause of an idle queue: the cloud's minute is long for somebody who tries something out.</summary>
    private static readonly TimeSpan LongestPoll = TimeSpan.FromSeconds(1);

    public static void Add(WebApplicationBuilder builder, PublishedApp app, IReadOnlyList<Function> functions)
    {
        builder.Configuration.AddInMemoryCollection(app.HostSettings(Section));
        builder.Configuration.AddInMemoryCollection([new("AzureWebJobsConfigurationSection", Section)]);
        var services = builder.Services;
        services.AddSingleton<ITypeLocator>(new TypeLocator(TriggerClass.Of(functions)));
        builder.Host.ConfigureWebJobs(webJobs =>
        {
            webJobs.AddAzureStorageQueues(options =>
                options.MaxPollingInterval = options.MaxPollingInterval < LongestPoll ? options.MaxPollingInterval : LongestPoll);
            webJobs.AddAzureStorageBlobs();
            webJobs.AddTimers();
        });
        services.Replace(ServiceDescriptor.Singleton<IHostIdProvider>(new HostId(app)));
        services.AddSingleton(app);
        services.Replace(ServiceDescriptor.Singleton<ScheduleMonitor, BlobScheduleMonitor>());
        services.Replace(ServiceDescriptor.Singleton<IWebJobsExceptionHandlerFactory, StopInOrder>());
    }

    private sealed class TypeLocator(Type type) : ITypeLocator
    {
        public IReadOnlyList<Type> GetTypes() => [type];
    }

    /// <summary>At most 32 of lower-case letters, digits and dashes.</summary>
    private sealed class HostId(PublishedApp app) : IHostIdProvider
    {
        public Task<string> GetHostIdAsync(CancellationToken cancellationToken)
        {
            var id = string.Concat(app.Name.ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-'));
            return Task.FromResult(id[..Math.Min(id.Length, 32)].Trim('-'));
        }
    }
}
