using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CertFunctions.LocalHost.Logging;

/// <summary><c>14:03:22 warn AwardUsers: what happened</c>: a line an entry, exceptions below it.</summary>
internal sealed class CompactFormatter() : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "compact";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var message = logEntry.Formatter(logEntry.State, logEntry.Exception);
        var category = logEntry.Category[(logEntry.Category.LastIndexOf('.') + 1)..];
        textWriter.WriteLine($"{DateTime.Now:HH:mm:ss} {Word(logEntry.LogLevel)}{category}: {message}");
        if (logEntry.Exception is { } exception)
            textWriter.WriteLine(exception);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Warning => "warn ",
        LogLevel.Error => "FAIL ",
        LogLevel.Critical => "FATAL ",
        _ => "",
    };
}
