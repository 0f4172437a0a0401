namespace CertFunctions.LocalHost.Processes;

/// <summary>A lock among processes. The operating system frees it when its holder ends, however it ends.</summary>
public static class FileLock
{
    /// <returns>Null when another process holds it.</returns>
    public static FileStream? TryTake(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }

    public static async Task<FileStream> TakeAsync(string path, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (TryTake(path) is { } taken)
                return taken;
            await Task.Delay(100, cancellationToken);
        }
    }
}
