using System.Diagnostics;
using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost.Worker;

/// <summary>Keeps one worker running: when it ends uncalled, another is started.</summary>
internal sealed partial class WorkerSupervisor(
    PublishedApp app, FunctionRpcService service, Uri rpc, IReadOnlyDictionary<string, string> settings, ILoggerFactory loggers)
    : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan SlowestRestart = TimeSpan.FromSeconds(5);

    private readonly ILogger _logger = loggers.CreateLogger("Worker");
    private readonly WorkerLog _log = new(loggers);
    private readonly CancellationTokenSource _stop = new();
    private volatile TaskCompletionSource<ReadyWorker> _ready = NewReady();
    private Task _running = Task.CompletedTask;
    private volatile ChildProcess? _current;

    /// <exception cref="StartupException">The first worker does not come up.</exception>
    public async Task<ReadyWorker> StartAsync(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => KeepRunningAsync(), CancellationToken.None);
        return await _ready.Task.WaitAsync(cancellationToken);
    }

    /// <returns>Null when no worker is ready within <paramref name="limit"/>.</returns>
    public async Task<ReadyWorker?> ReadyAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var ready = _ready.Task;
        if (ready.IsCompletedSuccessfully)
            return await ready;
        try
        {
            return await ready.WaitAsync(limit, cancellationToken);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    /// <summary>Ends the worker as if it had crashed; another is started.</summary>
    public void Restart() => _current?.Kill();

    /// <summary>Asks the worker to end, and kills one that does not within a few seconds.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task KeepRunningAsync()
    {
        var pause = TimeSpan.Zero;
        for (var first = true; !_stop.IsCancellationRequested; first = false)
        {
            var started = Stopwatch.GetTimestamp();
            try
            {
                await RunOneAsync();
            }
            catch (StartupException exception) when (first)
            {
                _ready.TrySetException(exception);
                return;
            }
            catch (StartupException exception)
            {
                LogNotStarted(exception.Message);
            }

            var livedLong = Stopwatch.GetElapsedTime(started) > SlowestRestart;
            await Task.Delay(pause, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = livedLong ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds + 1, SlowestRestart.TotalSeconds));
        }
    }

    private async Task RunOneAsync()
    {
        var channel = new WorkerChannel(_log.Write);
        var output = new WorkerOutput(loggers.CreateLogger("Worker.Output"));
        service.Await(channel);
        await using var process = WorkerProcess.Start(app, rpc, channel.WorkerId, settings, output.Add);
        _current = process;
        try
        {
            var started = Stopwatch.GetTimestamp();
            _ready.TrySetResult(await MeetAsync(channel, process, output));
            output.Pass();
            LogStarted(process.Id, (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            await UntilEndAsync(channel, process);
        }
        finally
        {
            _current = null;
            service.Forget(channel);
            channel.Close();
        }
    }

    private async Task<ReadyWorker> MeetAsync(WorkerChannel channel, ChildProcess process, WorkerOutput output)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        limit.CancelAfter(StartLimit);
        var meeting = WorkerHandshake.MeetAsync(channel, app, function => Replace(process, function), _logger, limit.Token);
        if (await Task.WhenAny(meeting, process.Exited) != meeting)
            throw new StartupException($"The worker ended with exit code {process.ExitCode} before it was ready: {output.Complaint}");
        try
        {
            return await meeting;
        }
        catch (Exception exception) when (exception is WorkerLostException or OperationCanceledException)
        {
            throw new StartupException($"The worker did not become ready: {output.Complaint}");
        }
    }

    private async Task UntilEndAsync(WorkerChannel channel, ChildProcess process)
    {
        var stopped = Task.Delay(Timeout.Infinite, _stop.Token);
        if (await Task.WhenAny(channel.Closed, process.Exited, stopped) == stopped)
        {
            channel.Send(new Rpc.StreamingMessage { WorkerTerminate = new Rpc.WorkerTerminate() });
            await process.EndAsync(StopLimit);
            return;
        }

        _ready = NewReady();
        channel.Close();
        process.Kill();
        await process.Exited;
        LogLost(process.ExitCode);
    }

    private void Replace(ChildProcess process, Function hanging)
    {
        LogHanging(hanging.Name, app.FunctionTimeout);
        process.Kill();
    }

    private static TaskCompletionSource<ReadyWorker> NewReady() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [LoggerMessage(LogLevel.Information, "Worker started (pid {ProcessId}) in {Milliseconds} ms")]
    private partial void LogStarted(int processId, int milliseconds);

    [LoggerMessage(LogLevel.Warning, "The worker ended (exit code {ExitCode}); starting another")]
    private partial void LogLost(int exitCode);

    [LoggerMessage(LogLevel.Error, "{Function} ran longer than functionTimeout ({Timeout}) and does not stop: the worker is replaced")]
    private partial void LogHanging(string function, TimeSpan timeout);

    [LoggerMessage(LogLevel.Error, "{Reason}")]
    private partial void LogNotStarted(string reason);
}
