using Azure.Monitor.OpenTelemetry.Exporter;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Resources;

namespace CertFunctions.Functions.Telemetry;

/// <summary>
/// Exports traces, metrics and logs where a setting of OpenTelemetry or of Azure Monitor says whereto. Without one no part of it is loaded:
/// it would cost a cold start.
/// </summary>
internal static class TelemetryServices
{
    private const string OtlpEndpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string AzureMonitor = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        var (toOtlp, toAzureMonitor) = (IsSet(OtlpEndpoint), IsSet(AzureMonitor));
        if (toOtlp || toAzureMonitor)
        {
            Export(services, toOtlp, toAzureMonitor, isNamed: IsSet("OTEL_SERVICE_NAME"));
        }

        return services;

        bool IsSet(string name) => !string.IsNullOrEmpty(settings[name]);
    }

    /// <summary>A method of its own: entering it loads the libraries.</summary>
    private static void Export(IServiceCollection services, bool toOtlp, bool toAzureMonitor, bool isNamed)
    {
        var telemetry = services.AddOpenTelemetry()
            .ConfigureResource(resource => _ = isNamed ? resource : resource.AddService(Tracing.Name))
            .WithTracing(traces => traces.AddSource(Tracing.Name))
            .WithMetrics(metrics => metrics.AddMeter(Tracing.Name))
            .WithLogging(null, logs => logs.IncludeFormattedMessage = true);
        telemetry.UseFunctionsWorkerDefaults();
        if (toOtlp)
        {
            telemetry.UseOtlpExporter();
        }

        if (toAzureMonitor)
        {
            telemetry.UseAzureMonitorExporter();
        }
    }
}
