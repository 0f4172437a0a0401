namespace CertFunctions.Core.Ingestion;

/// <summary>A file as it was found in the drop.</summary>
/// <param name="Path">With the folder: <c>awards/awards-2026-11.csv</c>.</param>
/// <param name="Revision">Names this content of the file; another comes with every upload.</param>
/// <param name="ContentHash">The same for every upload of this content; null where the storage keeps none.</param>
/// <param name="Length">In bytes.</param>
public sealed record DroppedFile(string Path, string Revision, string? ContentHash, long Length, DateTimeOffset DroppedAt)
{
    public ImportOptions Options { get; init; } = ImportOptions.None;

    /// <summary>The kind and the name of the file; null: it lies in no folder that is ingested.</summary>
    public (ImportKind Kind, string Name)? Target
    {
        get
        {
            var cut = Path.IndexOf('/', StringComparison.Ordinal);
            var name = Path[(cut + 1)..];
            return cut > 0 && IsFileName(name) && KindOf(Path[..cut]) is { } kind ? (kind, name) : null;
        }
    }

    private static ImportKind? KindOf(string folder) =>
        Enum.GetValues<ImportKind>().Cast<ImportKind?>().FirstOrDefault(kind => ImportFile.FolderOf(kind!.Value) == folder);

    /// <summary>A name that climbs (<c>../jobs/…</c>) would lead to a blob that nobody dropped.</summary>
    private static bool IsFileName(string name) => name.Split('/').All(part => part is not ("" or "." or ".."));
}
