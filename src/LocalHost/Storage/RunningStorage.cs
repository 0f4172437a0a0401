using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost.Storage;

/// <summary>The storage that the app works on: one that runs anyway, or an Azurite that lives as long as this.</summary>
internal sealed class RunningStorage : IAsyncDisposable
{
    private static readonly TimeSpan PauseBetweenRestarts = TimeSpan.FromSeconds(2);

    private readonly Azurite? _azurite;
    private readonly FileStream? _folderLock;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _keeping;

    private RunningStorage(string? connectionString, Azurite? azurite, FileStream? folderLock, Action<string> say)
    {
        ConnectionString = connectionString;
        _azurite = azurite;
        _folderLock = folderLock;
        _keeping = azurite is null ? Task.CompletedTask : KeepRunningAsync(azurite, say);
    }

    /// <summary>Null: it is reached by identity.</summary>
    public string? ConnectionString { get; }

    /// <summary>What the app and its triggers are to be told of it; by identity they are told by the environment.</summary>
    public IReadOnlyDictionary<string, string> Settings => ConnectionString is null ? new Dictionary<string, string>() : new Dictionary<string, string>
    {
        ["AzureWebJobsStorage"] = ConnectionString,
        ["CertStorage"] = ConnectionString,
    };

    /// <summary>Called when the emulator has been started again: what it had not written to its files yet, tables included, is gone.</summary>
    public Action OnRestart { get; set; } = () => { };

    /// <exception cref="StartupException">It cannot be reached or started.</exception>
    public static async Task<RunningStorage> StartAsync(
        HostOptions options, LocalFolders folders, Action<string> say, CancellationToken cancellationToken)
    {
        if (options.Storage == HostOptions.ByIdentity)
            return new RunningStorage(connectionString: null, azurite: null, folderLock: null, say);
        if (options.Storage is not null)
        {
            await StorageCheck.RequireReachableAsync(options.Storage, cancellationToken);
            return new RunningStorage(options.Storage, azurite: null, folderLock: null, say);
        }

        var folderLock = TakeFolder(folders.Data);
        try
        {
            var azurite = await Azurite.StartNewAsync(Path.Combine(folders.Data, "azurite"), say, cancellationToken: cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folders.Data, "connection-string"), azurite.ConnectionString, cancellationToken);
            say($"Storage: Azurite (pid {azurite.ProcessId}), data in {folders.Data}");
            return new RunningStorage(azurite.ConnectionString, azurite, folderLock, say);
        }
        catch
        {
            await folderLock.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _keeping;
        _stop.Dispose();
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        if (_folderLock is not null)
            await _folderLock.DisposeAsync();
    }

    /// <summary>Its ports stay, and its data but for the last seconds.</summary>
    private async Task KeepRunningAsync(Azurite azurite, Action<string> say)
    {
        var stopped = Task.Delay(Timeout.Infinite, _stop.Token);
        while (await Task.WhenAny(azurite.UntilEndedAsync(), stopped) != stopped)
        {
            say("The storage emulator ended; starting it again");
            try
            {
                await azurite.RestartAsync(_stop.Token);
                say($"Storage: Azurite (pid {azurite.ProcessId})");
                OnRestart();
            }
            catch (StartupException exception)
            {
                say(exception.Message);
                await Task.Delay(PauseBetweenRestarts, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
        }
    }

    private static FileStream TakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartupException($"--data {folder} cannot be used: {exception.Message}");
        }

        return FileLock.TryTake(Path.Combine(folder, ".lock"))
            ?? throw new StartupException($"{folder} is in use by another host: give --data another folder.");
    }
}
