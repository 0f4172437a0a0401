using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost.Storage;

/// <summary>The storage that the app works on: one that runs anyway, or an Azurite that lives as long as this.</summary>
internal sealed class RunningStorage : IAsyncDisposable
{
    private readonly Azurite? _azurite;
    private readonly FileStream? _folderLock;

    private RunningStorage(string connectionString, Azurite? azurite, FileStream? folderLock)
    {
        ConnectionString = connectionString;
        _azurite = azurite;
        _folderLock = folderLock;
    }

    public string ConnectionString { get; }

    /// <exception cref="StartupException">It cannot be reached or started.</exception>
    public static async Task<RunningStorage> StartAsync(
        HostOptions options, LocalFolders folders, Action<string> say, CancellationToken cancellationToken)
    {
        if (options.Storage is not null)
        {
            await StorageCheck.RequireReachableAsync(options.Storage, cancellationToken);
            return new RunningStorage(options.Storage, azurite: null, folderLock: null);
        }

        var folderLock = TakeFolder(folders.Data);
        try
        {
            var azurite = await Azurite.StartNewAsync(Path.Combine(folders.Data, "azurite"), say, cancellationToken);
            await File.WriteAllTextAsync(Path.Combine(folders.Data, "connection-string"), azurite.ConnectionString, cancellationToken);
            say($"Storage: Azurite (pid {azurite.ProcessId}), data in {folders.Data}");
            return new RunningStorage(azurite.ConnectionString, azurite, folderLock);
        }
        catch
        {
            await folderLock.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
            await _azurite.DisposeAsync();
        if (_folderLock is not null)
            await _folderLock.DisposeAsync();
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
