using System.Globalization;
using CertFunctions.Core;

namespace CertFunctions.Functions.Storage.Ingestion;

/// <summary>
/// The keys of table <c>Imports</c>: a partition of the names under which files were dropped, one of the files that are being taken in,
/// and one a job with its chunks.
/// </summary>
internal static class ImportKeys
{
    public const string Drops = "D";

    public static string Drop(string path) => StorageKey.OfExactText(path);

    public const string Taken = "T";

    public static string TakenFor(JobId id) => id.Value;

    public static string ChunksOf(JobId id) => StorageKey.Join("C", id.Value);

    /// <summary>Fixed width, so that keys sort as the numbers do.</summary>
    public static string Chunk(int number) => number.ToString("x8", CultureInfo.InvariantCulture);
}
