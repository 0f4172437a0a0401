using System.Globalization;

namespace CertFunctions.Operations.BackUps;

/// <summary>
/// How a back-up lies on disk: <c>tables/{name}.jsonl</c> with a row a line, <c>queues/{name}.jsonl</c> with a message a line (as JSON: it may have several), and
/// <c>containers/{name}.jsonl</c> with a blob a line, whose content is in a numbered file beside: names of blobs are not names of files.
/// </summary>
internal sealed class BackUpFolder(DirectoryInfo directory)
{
    public string PathOf(string name) => Path.Combine(directory.FullName, name);

    public string TableFile(string table) => PathOf($"tables/{table}.jsonl");

    public string QueueFile(string queue) => PathOf($"queues/{queue}.jsonl");

    public string ContainerFile(string container) => PathOf($"containers/{container}.jsonl");

    public string BlobFile(string container, int number) => PathOf($"containers/{container}/{number.ToString("d8", CultureInfo.InvariantCulture)}");

    /// <exception cref="OperationException">Something lies there already.</exception>
    public void Create(IEnumerable<string> containers)
    {
        if (directory.Exists && directory.EnumerateFileSystemInfos().Any())
        {
            throw new OperationException($"{this} is not empty: give a new folder.");
        }

        Directory.CreateDirectory(PathOf("tables"));
        Directory.CreateDirectory(PathOf("queues"));
        foreach (var container in containers)
        {
            Directory.CreateDirectory(PathOf($"containers/{container}"));
        }
    }

    public override string ToString() => directory.FullName;
}
