using CertFunctions.LocalHost.Worker;
using Microsoft.Extensions.Logging.Console;

namespace CertFunctions.LocalHost.Logging;

/// <summary>
/// One console for the host's and the worker's logs. Frameworks speak from warnings up, the app from information;
/// <c>host.json</c> may say otherwise.
/// </summary>
internal static class HostLogging
{
    private static readonly string[] Frameworks =
        ["Microsoft", "System", "Grpc", "ProtoBuf", "Host"];

    /// <summary>A function's failure is logged by the worker, a worker's end by its supervisor; others would tell it again, with their own stacks.</summary>
    private static readonly string[] ToldOtherwise = ["Function", "Host.Results", "Host.Executor", "Yarp"];

    public static ILoggerFactory Create(PublishedApp app) => LoggerFactory.Create(logging =>
    {
        foreach (var category in Frameworks)
            logging.AddFilter(category, LogLevel.Warning);
        foreach (var category in ToldOtherwise)
            logging.AddFilter(category, LogLevel.None);
        foreach (var (category, level) in Levels(app))
            logging.AddFilter(category == "default" ? null : category, level);
        // The SDK warns of every 404 and 412, which are everyday answers, ten lines each.
        logging.AddFilter("Azure", LogLevel.Error);
        logging.AddFilter("Azure.Core", LogLevel.Error);
        logging.AddConsole(console => console.FormatterName = CompactFormatter.FormatterName);
        logging.AddConsoleFormatter<CompactFormatter, ConsoleFormatterOptions>();
    });

    private static IEnumerable<(string Category, LogLevel Level)> Levels(PublishedApp app)
    {
        const string prefix = "host:logging:logLevel:";
        foreach (var (key, value) in app.HostSettings("host"))
        {
            if (key.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && Enum.TryParse<LogLevel>(value, ignoreCase: true, out var level))
                yield return (key[prefix.Length..], level);
        }
    }
}
