using System.Diagnostics.CodeAnalysis;
using CertFunctions.LocalHost.Rpc;

namespace CertFunctions.LocalHost.Worker;

/// <summary>The worker's logs under their own categories, so that <c>host.json</c> decides what is shown.</summary>
internal sealed class WorkerLog(ILoggerFactory loggers)
{
    [SuppressMessage("Usage", "CA2254", Justification = "The worker has put the values in already.")]
    [SuppressMessage("Performance", "CA1848", Justification = "Level and message are the worker's.")]
    public void Write(RpcLog log)
    {
        var logger = loggers.CreateLogger(log.Category.Length > 0 ? log.Category : "Worker");
        var exception = log.Exception is { } thrown ? Environment.NewLine + Shortened(thrown.Message) : "";
        if (log.Level is >= (int)LogLevel.Trace and < (int)LogLevel.None)
            logger.Log((LogLevel)log.Level, "{Message}{Exception}", log.Message, exception);
    }

    /// <summary>Without the frames that are the same under every function.</summary>
    private static string Shortened(string exception) => string.Join(Environment.NewLine, exception.Split('\n')
        .Select(line => line.TrimEnd())
        .Where(line => !line.StartsWith("   at Microsoft.Azure.Functions.Worker.", StringComparison.Ordinal))
        .Where(line => !line.Contains(".DirectFunctionExecutor.", StringComparison.Ordinal)));
}
