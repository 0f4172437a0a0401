namespace CertFunctions.LocalHost.Worker;

/// <summary>The worker's functions less those that settings disable and those that this host cannot run.</summary>
internal sealed partial class ServedFunctions
{
    public ServedFunctions(IEnumerable<Function> functions, IConfiguration settings, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger("Functions");
        var enabled = functions.Where(function => !IsDisabled(function, settings)).ToArray();
        Http = [.. enabled.Where(IsHttp)];
        Triggered = [.. enabled.Where(function => Triggers.TriggerAttributes.Of(function) is not null)];
        foreach (var function in enabled.Except(Http).Except(Triggered))
            LogNotServed(logger, function.Name, function.Trigger.Type);
        foreach (var function in enabled.Where(function => function.OtherBindings.Any()))
            LogIgnoredBindings(logger, function.Name, string.Join(", ", function.OtherBindings));
    }

    public IReadOnlyList<Function> Http { get; }

    public IReadOnlyList<Function> Triggered { get; }

    private static bool IsHttp(Function function) =>
        string.Equals(function.Trigger.Type, "httpTrigger", StringComparison.OrdinalIgnoreCase);

    private static bool IsDisabled(Function function, IConfiguration settings)
    {
        var value = settings[$"AzureWebJobs.{function.Name}.Disabled"] ?? settings[$"AzureWebJobs:{function.Name}:Disabled"];
        return value == "1" || string.Equals(value, "true", StringComparison.OrdinalIgnoreCase);
    }

    [LoggerMessage(LogLevel.Warning, "{Function} is not run: this host does not serve {Trigger}")]
    private static partial void LogNotServed(ILogger logger, string function, string trigger);

    [LoggerMessage(LogLevel.Warning, "{Function}: this host does not serve the bindings {Bindings}")]
    private static partial void LogIgnoredBindings(ILogger logger, string function, string bindings);
}
