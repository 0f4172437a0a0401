using System.Net;
using System.Text;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.LocalHost;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.EndToEnd.Tests.Telemetry;

public sealed class ExportTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_setting_exports_the_trace_of_a_request_to_its_last_transaction_and_metrics_and_logs()
    {
        var cancelled = TestContext.Current.CancellationToken;
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var host = await HostProcess.StartAsync(new HostProcessOptions
        {
            Settings = new Dictionary<string, string>
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = receiver.Endpoint,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
                ["OTEL_BLRP_SCHEDULE_DELAY"] = "200",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
            },
        });
        (await host.Client.GetAsync("api/certifications", cancelled)).EnsureSuccessStatusCode();
        var seed = new Seed(Emulator.Clients(host.ConnectionString), TimeProvider.System);
        var code = await seed.AddCertificationAsync("TRACED-1");
        await seed.AddUsersAsync(Seed.Ids(101));
        const string traceId = "0af7651916cd43dd8448eb211c80319c";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/certifications/{code}/awards")
        {
            Headers = { { "traceparent", $"00-{traceId}-b7ad6b7169203331-01" } },
            Content = new StringContent($$"""{"users":["{{string.Join("\",\"", Seed.Ids(101))}}"]}""", Encoding.UTF8, "application/json"),
        };

        using var accepted = await host.Client.SendAsync(request, cancelled);

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        foreach (var name in (string[])["AdvanceJob", "ProcessSmallJobRun", "SubmitTransaction"])
        {
            await UntilAsync(name, () => receiver.Spans.Any(span => span.TraceId == traceId && span.Name == name));
        }

        await UntilAsync("metrics", () => receiver.Metrics.Any(metrics => metrics.Contains("certfunctions.awards", StringComparison.Ordinal)));
        await UntilAsync("logs", () => receiver.Logs.Any(logs => logs.Contains("in all 101: 101 awarded", StringComparison.Ordinal)));

        async Task UntilAsync(string what, Func<bool> isThere)
        {
            using var limit = new CancellationTokenSource(Patience);
            while (!isThere())
            {
                Assert.False(limit.IsCancellationRequested, $"{what} never came; spans of the trace: "
                    + string.Join(", ", receiver.Spans.Where(span => span.TraceId == traceId).Select(span => span.Name).Distinct())
                    + "; of others: " + string.Join(", ", receiver.Spans.Select(span => span.Name).Distinct()));
                await Task.Delay(100, cancelled);
            }
        }
    }
}
