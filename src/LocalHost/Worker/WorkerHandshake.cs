using System.Net.Sockets;
using CertFunctions.LocalHost.Processes;
using CertFunctions.LocalHost.Rpc;

namespace CertFunctions.LocalHost.Worker;

/// <summary>What host and worker say to each other before the first invocation.</summary>
internal static partial class WorkerHandshake
{
    /// <param name="onHanging">See <see cref="ReadyWorker.OnHanging"/>.</param>
    /// <exception cref="StartupException">The worker refuses.</exception>
    /// <exception cref="WorkerLostException">It ended on the way.</exception>
    public static async Task<ReadyWorker> MeetAsync(
        WorkerChannel channel, PublishedApp app, Action<Function> onHanging, ILogger logger, CancellationToken cancellationToken)
    {
        await channel.Started.WaitAsync(cancellationToken);
        var init = (await channel.AskAsync(Init(app), cancellationToken)).WorkerInitResponse;
        Require(init?.Result, "The worker does not start");
        if (init?.Capabilities.GetValueOrDefault("HttpUri") is not { } httpUri)
            throw new StartupException("The worker serves no HTTP: the app must call ConfigureFunctionsWebApplication().");

        var metadata = (await channel.AskAsync(
            new StreamingMessage { FunctionsMetadataRequest = new FunctionsMetadataRequest { FunctionAppDirectory = app.Folder } },
            cancellationToken)).FunctionMetadataResponse;
        Require(metadata?.Result, "The worker cannot list its functions");

        var functions = new List<Function>();
        foreach (var described in metadata?.Functions ?? [])
        {
            if (await LoadAsync(channel, described, logger, cancellationToken) is { } function)
                functions.Add(function);
        }

        await UntilListeningAsync(new Uri(httpUri), cancellationToken);
        return new ReadyWorker(channel, new Uri(httpUri), functions) { FunctionTimeout = app.FunctionTimeout, OnHanging = onHanging };
    }

    /// <summary>The worker opens its stream before its own server listens: a request that came between would be refused.</summary>
    private static async Task UntilListeningAsync(Uri server, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(server.Host, server.Port, cancellationToken);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(10, cancellationToken);
            }
        }
    }

    private static StreamingMessage Init(PublishedApp app) => new()
    {
        WorkerInitRequest = new WorkerInitRequest
        {
            HostVersion = "4.0.0",
            WorkerDirectory = app.Folder,
            FunctionAppDirectory = app.Folder,
        },
    };

    private static async Task<Function?> LoadAsync(
        WorkerChannel channel, RpcFunctionMetadata metadata, ILogger logger, CancellationToken cancellationToken)
    {
        var request = new FunctionLoadRequest { FunctionId = metadata.FunctionId, Metadata = metadata };
        var answer = await channel.AskAsync(new StreamingMessage { FunctionLoadRequest = request }, cancellationToken);
        if (answer.FunctionLoadResponse?.Result is not { Status: StatusResult.Success } result)
            LogNotLoaded(logger, metadata.Name, answer.FunctionLoadResponse?.Result?.Exception?.Message ?? "no reason given");
        else if (Function.From(metadata) is { } function)
            return function;
        else
            LogNotLoaded(logger, metadata.Name, "it has no trigger");
        return null;
    }

    private static void Require(StatusResult? result, string what)
    {
        if (result is { Status: not StatusResult.Success })
            throw new StartupException($"{what}: {result.Exception?.Message}");
    }

    [LoggerMessage(LogLevel.Error, "Function {Function} could not be loaded: {Reason}")]
    private static partial void LogNotLoaded(ILogger logger, string function, string reason);
}
