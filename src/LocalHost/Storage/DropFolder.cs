using Azure;
using Azure.Storage.Blobs;

namespace CertFunctions.LocalHost.Storage;

/// <summary>
/// A folder on this machine in place of the storage's container <c>imports</c>: what is copied into one of its folders is
/// uploaded there and leaves the folder, as an ingested file leaves the container. For people without a storage tool at hand.
/// </summary>
internal sealed partial class DropFolder(string path, string connectionString, ILogger logger)
{
    private const string Container = "imports";
    private static readonly string[] Kinds = ["awards", "branches", "groups", "users"];
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly BlobContainerClient _imports = new(connectionString, Container);
    private Dictionary<string, (long Length, DateTime WrittenAt)> _seen = [];

    public DropFolder Create()
    {
        foreach (var kind in Kinds)
            Directory.CreateDirectory(Path.Combine(path, kind));
        return this;
    }

    /// <summary>Runs until it is told to stop.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Poll);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
                await UploadFinishedAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    /// <summary>A file that is still being copied changes from one look to the next.</summary>
    private async Task UploadFinishedAsync(CancellationToken stop)
    {
        var now = Kinds.SelectMany(kind => new DirectoryInfo(Path.Combine(path, kind)).EnumerateFiles())
            .Where(file => !file.Name.StartsWith('.'))
            .ToDictionary(file => file.FullName, file => (file.Length, file.LastWriteTimeUtc));
        foreach (var file in now.Where(file => _seen.TryGetValue(file.Key, out var before) && before == file.Value))
            await UploadAsync(file.Key, stop);
        _seen = now;
    }

    private async Task UploadAsync(string file, CancellationToken stop)
    {
        var name = Path.GetRelativePath(path, file).Replace(Path.DirectorySeparatorChar, '/');
        try
        {
            await _imports.CreateIfNotExistsAsync(cancellationToken: stop);
            await _imports.GetBlobClient(name).UploadAsync(file, overwrite: true, stop);
            File.Delete(file);
            LogUploaded(name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or RequestFailedException)
        {
            LogNotUploaded(name, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Name} is dropped into the storage")]
    private partial void LogUploaded(string name);

    [LoggerMessage(LogLevel.Warning, "{Name} could not be dropped into the storage yet: {Why}")]
    private partial void LogNotUploaded(string name, string why);
}
