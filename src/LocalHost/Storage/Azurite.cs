using System.Diagnostics;
using System.Text.RegularExpressions;
using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost.Storage;

/// <summary>
/// The storage emulator as a child process on loopback ports, its data on disk. It may be stopped and started
/// again: ports and data stay.
/// </summary>
public sealed partial class Azurite : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);

    private readonly string _installation;
    private readonly string _dataFolder;
    private readonly AzuriteIdentity? _identity;
    private readonly bool _keepsData;
    private readonly PidFile _former;
    private readonly Dictionary<string, int> _ports = new() { ["Blob"] = 0, ["Queue"] = 0, ["Table"] = 0 };
    private ChildProcess? _process;

    private Azurite(string installation, string dataFolder, AzuriteIdentity? identity, bool keepsData)
    {
        _keepsData = keepsData;
        _installation = installation;
        _identity = identity;
        _dataFolder = Path.GetFullPath(dataFolder);
        _former = new PidFile(Path.Combine(_dataFolder, "azurite.pid"), "node");
    }

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("Azurite is stopped.");

    /// <summary>The well-known development account at the ports in use.</summary>
    /// <exception cref="InvalidOperationException">It is reached by identity alone.</exception>
    public string ConnectionString => _identity is not null
        ? throw new InvalidOperationException("This storage has no connection string: it takes tokens.")
        : AzuriteAccount.ConnectionString(_ports["Blob"], _ports["Queue"], _ports["Table"]);

    /// <param name="service"><c>Blob</c>, <c>Queue</c> or <c>Table</c>.</param>
    /// <exception cref="InvalidOperationException">It is reached by the key of its account.</exception>
    public Uri ServiceUri(string service) => _identity is { } identity
        ? new Uri($"https://127.0.0.1:{_ports[service]}/{identity.Account}")
        : throw new InvalidOperationException("This storage is reached by its connection string.");

    /// <summary>Installs Azurite if missing and starts it on free ports.</summary>
    /// <param name="dataFolder">Created if missing; kept when Azurite ends.</param>
    /// <param name="say">Told in a few words what takes long.</param>
    /// <param name="identity">Takes tokens over HTTPS, in place of the well-known key over HTTP.</param>
    /// <param name="keepsData">False: what it stores ends with it. It writes all of it anew every few seconds otherwise, which takes most of its time once it is much.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="StartupException">Node.js is missing, npm failed, or Azurite does not start.</exception>
    public static async Task<Azurite> StartNewAsync(
        string dataFolder, Action<string>? say = null, AzuriteIdentity? identity = null, bool keepsData = true, CancellationToken cancellationToken = default)
    {
        var installation = await AzuriteInstallation.EnsureAsync(say ?? (_ => { }), cancellationToken);
        var azurite = new Azurite(installation, dataFolder, identity, keepsData);
        await azurite.StartAsync(cancellationToken);
        return azurite;
    }

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        if (_process is not null)
            throw new InvalidOperationException("Azurite runs already.");
        Directory.CreateDirectory(_dataFolder);
        await _former.UntilEndedAsync(StopLimit, cancellationToken);
        var output = new Output(Path.Combine(_dataFolder, "azurite.log"), OnListening);
        _process = ChildProcess.Start(StartInfo(), output.Add);
        _former.Write(_process.Id);
        var ended = _process.Exited;
        var first = await Task.WhenAny(output.Ready, ended, Task.Delay(StartLimit, cancellationToken));
        if (first == output.Ready)
            return;

        await DisposeAsync();
        cancellationToken.ThrowIfCancellationRequested();
        throw new StartupException($"Azurite did not start: {output.LastLine}");
    }

    /// <summary>Stops it in order: what it acknowledged is on disk afterwards.</summary>
    public async Task StopAsync()
    {
        if (_process is null)
            return;
        _process.CloseInput();
        await _process.EndAsync(StopLimit);
        await _process.DisposeAsync();
        _process = null;
    }

    /// <summary>Completes when it has ended, asked to or not.</summary>
    public Task UntilEndedAsync() => _process?.Exited ?? Task.CompletedTask;

    /// <summary>Starts it again after it has ended unasked.</summary>
    /// <exception cref="StartupException">It does not start.</exception>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await StopAsync();
        await StartAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync() => await StopAsync();

    private void OnListening(string service, int port) => _ports[service] = port;

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo("node",
        [
            .. AzuriteInstallation.Preloaded.SelectMany(script => new[] { "--require", Path.Combine(_installation, script) }),
            Path.Combine(_installation, "node_modules", "azurite", "dist", "src", "azurite.js"),
            "--blobPort", $"{_ports["Blob"]}",
            "--queuePort", $"{_ports["Queue"]}",
            "--tablePort", $"{_ports["Table"]}",
            "--silent", "--skipApiVersionCheck", "--disableTelemetry",
            .. _keepsData ? new[] { "--location", _dataFolder } : ["--inMemoryPersistence"],
        ])
        {
            WorkingDirectory = _dataFolder,
        };
        _identity?.Configure(start);
        return start;
    }

    /// <summary>What Azurite prints goes to a file; three of its lines name the ports.</summary>
    private sealed partial class Output(string logFile, Action<string, int> onListening)
    {
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly Lock _lock = new();
        private int _listening;

        public Task Ready => _ready.Task;

        public string LastLine { get; private set; } = "it said nothing";

        public void Add(string line)
        {
            lock (_lock)
            {
                LastLine = line;
                File.AppendAllText(logFile, line + Environment.NewLine);
                if (Listening().Match(line) is not { Success: true } match)
                    return;
                onListening(match.Groups[1].Value, int.Parse(match.Groups[2].ValueSpan, provider: null));
                if (++_listening == 3)
                    _ready.SetResult();
            }
        }

        [GeneratedRegex(@"^Azurite (\w+) service is successfully listening at https?://[^ ]*:(\d+)")]
        private static partial Regex Listening();
    }
}
