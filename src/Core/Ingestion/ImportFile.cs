using System.Diagnostics.CodeAnalysis;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Ingestion;

/// <summary>The file that a job of kind import works on. It lies in the archive, where nobody writes over it.</summary>
public sealed record ImportFile
{
    public required ImportKind Kind { get; init; }

    /// <summary>As it was dropped, without the folder of its kind: <c>awards-2026-11.csv</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it lies in the archive.</summary>
    public required string Archive { get; init; }

    /// <summary>In bytes.</summary>
    public required long Length { get; init; }

    public OnExisting OnExisting { get; init; }

    /// <summary>What separates the fields, where whoever sent the file says so; null: found out from the file.</summary>
    public char? Separator { get; init; }

    /// <summary>In which encoding the file is, where whoever sent it says so; null: found out from the file.</summary>
    public string? Charset { get; init; }

    public ImportOptions Options { get; init; } = ImportOptions.None;

    /// <summary>The job that deactivates whom the file does not name, as soon as it is imported; null: none, or the file has not been looked at.</summary>
    public JobId? FollowedBy { get; init; }

    /// <summary>How the file is written; null until it has been looked at.</summary>
    public CsvFormat? Format { get; init; }

    /// <summary>What history names as the origin: <c>awards/awards-2026-11.csv</c>.</summary>
    public string Path => $"{FolderOf(Kind)}/{Name}";

    /// <summary>Without the extension that every report gets: <c>awards/awards-2026-11.{job}.csv</c>.</summary>
    public string ReportOf(string jobId) => $"{FolderOf(Kind)}/{Stem(Name)}.{jobId}{Extension}";

    /// <summary>What a file is called that came without a name.</summary>
    public const string Unnamed = "upload.csv";

    public const string NameRule = "must be the name of a file: no path, no control characters, 255 characters at most";

    /// <summary>A name that an upload may have: it becomes part of the name of the report's blob.</summary>
    public static bool TryParseName(string? text, [NotNullWhen(true)] out string? name)
    {
        var trimmed = TrimmedText.Of(text ?? "");
        name = trimmed is not ("" or "." or "..")
            && trimmed.EnumerateRunes().Count() <= Limits.ImportNameLength
            && !trimmed.Any(c => char.IsControl(c) || c is '/' or '\\' or '\uFFFD')
            ? trimmed
            : null;
        return name is not null;
    }

    public static string FolderOf(ImportKind kind) => kind.ToString().ToLowerInvariant();

    private const string Extension = ".csv";

    private static string Stem(string name) => name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) ? name[..^Extension.Length] : name;
}
