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

    /// <summary>A file that nobody has written to for so long is taken for finished. Copying it, or exporting into it, may pause.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true };

    private readonly BlobContainerClient _imports = new(connectionString, Container);
    private readonly HashSet<string> _misplaced = [];
    private Dictionary<string, Look> _seen = [];

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
                await LookAsync(stop);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // That is how it ends.
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        try
        {
            // Somebody may have taken a folder away.
            Create();
            var now = Files();
            foreach (var (name, look) in now.Where(file => IsWatched(file.Key) && Environment.TickCount64 - file.Value.Since >= Quiet.TotalMilliseconds))
                await UploadAsync(name, look, stop);
            foreach (var name in now.Keys.Where(name => !IsWatched(name) && _misplaced.Add(name)))
                LogMisplaced(name, string.Join(", ", Kinds.Select(kind => kind + "/")));
            _seen = now;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogNotUploaded(path, exception.Message);
        }
    }

    /// <summary>By name with the folder, as the storage would have it. Files whose name begins with a dot are nobody's business.</summary>
    private Dictionary<string, Look> Files() => new DirectoryInfo(path).EnumerateFiles("*", Everywhere)
        .Where(file => !file.Name.StartsWith('.'))
        .ToDictionary(NameOf, file => _seen.GetValueOrDefault(NameOf(file)) is { } before && before.IsOf(file)
            ? before
            : new Look(file.Length, file.LastWriteTimeUtc, Environment.TickCount64));

    private string NameOf(FileInfo file) => Path.GetRelativePath(path, file.FullName).Replace(Path.DirectorySeparatorChar, '/');

    private static bool IsWatched(string name) => Kinds.Any(kind => name.StartsWith(kind + '/', StringComparison.Ordinal));

    private async Task UploadAsync(string name, Look look, CancellationToken stop)
    {
        var file = new FileInfo(Path.Combine(path, name));
        try
        {
            await _imports.CreateIfNotExistsAsync(cancellationToken: stop);
            await _imports.GetBlobClient(name).UploadAsync(file.FullName, overwrite: true, stop);
            file.Refresh();
            if (look.IsOf(file))
            {
                file.Delete();
                LogUploaded(name);
            }
            else
            {
                LogWrittenMeanwhile(name);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or RequestFailedException or AggregateException)
        {
            LogNotUploaded(name, exception.Message);
        }
    }

    /// <summary>How a file was when somebody looked, and since when it has been so (<see cref="Environment.TickCount64"/>).</summary>
    private sealed record Look(long Length, DateTime WrittenAt, long Since)
    {
        public bool IsOf(FileInfo file) => file.Exists && file.Length == Length && file.LastWriteTimeUtc == WrittenAt;
    }

    [LoggerMessage(LogLevel.Information, "{Name} is dropped into the storage")]
    private partial void LogUploaded(string name);

    [LoggerMessage(LogLevel.Warning, "{Name} was written to while it was dropped into the storage: it stays and is dropped again")]
    private partial void LogWrittenMeanwhile(string name);

    [LoggerMessage(LogLevel.Warning, "{Name} lies in no folder that is watched, and stays there: move it to one of {Kinds}")]
    private partial void LogMisplaced(string name, string kinds);

    [LoggerMessage(LogLevel.Warning, "{Name} could not be dropped into the storage yet: {Why}")]
    private partial void LogNotUploaded(string name, string why);
}
