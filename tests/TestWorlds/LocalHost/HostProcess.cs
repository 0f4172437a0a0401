using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using CertFunctions.LocalHost.Storage;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.TestWorlds.LocalHost;

/// <summary>
/// The whole local host as a process of its own, with the real function app in it. Its Azurite belongs to the test,
/// so that storage outlives a killed host, unless <see cref="HostProcessOptions.HostOwnsStorage"/>.
/// </summary>
public sealed partial class HostProcess : IAsyncDisposable
{
    /// <summary>Ends a test that would hang; a busy machine takes half of it to fill in the demo.</summary>
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly HostLog _log;
    private readonly Azurite? _storage;
    private readonly bool _ownsStorage;

    private HostProcess(Process process, HostLog log, Azurite? storage, bool ownsStorage, HttpClient client)
    {
        Client = client;
        _process = process;
        _log = log;
        _storage = storage;
        _ownsStorage = ownsStorage;
    }

    /// <summary>Its base address is the app's. What this repository's app answers it holds against the API's description.</summary>
    public HttpClient Client { get; }

    /// <summary>The storage that app and triggers work on.</summary>
    public string ConnectionString => Storage.ConnectionString;

    public Azurite Storage => _storage ?? throw new InvalidOperationException("The host owns its storage.");

    public int ProcessId => _process.Id;

    /// <summary>The newest worker's.</summary>
    public int WorkerPid => Pid(_log.Last(WorkerStarted())!);

    /// <summary>Where the host owns its storage.</summary>
    public int AzuritePid => Pid(_log.Last(AzuriteStarted())!);

    /// <summary>All that the host has printed so far, the worker's logs included.</summary>
    public IReadOnlyList<string> Log => _log.Lines;

    /// <summary>Starts a host and waits until it answers.</summary>
    public static async Task<HostProcess> StartAsync(HostProcessOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new HostProcessOptions();
        var app = options.AppFolder ?? TestApp.Product;
        var ownsStorage = options.Storage is null && !options.HostOwnsStorage;
        var storage = ownsStorage
            ? await Azurite.StartNewAsync(TestFolders.New("azurite"), keepsData: false, cancellationToken: cancellationToken)
            : options.Storage;
        var log = new HostLog();
        var host = new HostProcess(HostCommand.Start(app, storage, options, log.Add), log, storage, ownsStorage, options.AppFolder is null ? new HttpClient(new DescribedAnswers()) : new HttpClient());
        try
        {
            await host.UntilListeningAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public void KillWorker() => Process.GetProcessById(WorkerPid).Kill();

    /// <summary>Waits until a line that contains <paramref name="text"/> has been printed.</summary>
    public Task<string> UntilLoggedAsync(string text, CancellationToken cancellationToken = default) =>
        _log.UntilAsync(new Regex(Regex.Escape(text)), count: 1, StartLimit, cancellationToken);

    /// <summary>Waits until so many workers have been started, the first included.</summary>
    public Task UntilWorkersStartedAsync(int count, CancellationToken cancellationToken = default) =>
        _log.UntilAsync(WorkerStarted(), count, StartLimit, cancellationToken);

    /// <summary>Waits until readiness says that work can be done: on a busy machine a check may take longer than a caller waits for.</summary>
    public async Task UntilReadyAsync(CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartLimit);
        while (true)
        {
            using var answer = await Client.GetAsync("api/health/ready", limit.Token);
            if (answer.StatusCode == HttpStatusCode.OK)
                return;
            await Task.Delay(TimeSpan.FromSeconds(1), limit.Token);
        }
    }

    /// <summary>Has the timer function run now; it runs on after this returns.</summary>
    public async Task RunTimerAsync(string functionName, CancellationToken cancellationToken = default)
    {
        using var answer = await Client.PostAsJsonAsync($"admin/functions/{functionName}", new { input = "" }, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>As <c>kill -9</c> does: nothing in the host has a say in it.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await UntilExitAsync();
    }

    /// <summary>SIGTERM; answers the exit code.</summary>
    public async Task<int> StopAsync()
    {
        Signals.Terminate(_process);
        await UntilExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await StopAsync();
        if (_ownsStorage)
            await Storage.DisposeAsync();
        Client.Dispose();
        _process.Dispose();
    }

    private async Task UntilListeningAsync(CancellationToken cancellationToken)
    {
        var listening = _log.UntilAsync(Listening(), count: 1, StartLimit, cancellationToken);
        if (await Task.WhenAny(listening, _process.WaitForExitAsync(cancellationToken)) != listening)
            throw new InvalidOperationException($"The host ended: {string.Join(Environment.NewLine, Log)}");
        Client.BaseAddress = new Uri(Listening().Match(await listening).Groups[1].Value);
    }

    private async Task UntilExitAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            throw new TimeoutException($"The host did not end: {string.Join(Environment.NewLine, Log)}");
        }
    }

    private static int Pid(string line) => int.Parse(PidInLine().Match(line).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"Listening on (http://\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"Worker started \(pid \d+\)")]
    private static partial Regex WorkerStarted();

    [GeneratedRegex(@"Azurite \(pid \d+\)")]
    private static partial Regex AzuriteStarted();

    [GeneratedRegex(@"\(pid (\d+)\)")]
    private static partial Regex PidInLine();
}
