using System.Globalization;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>
/// The keys of table <c>Jobs</c>. One partition holds the jobs (newest first, as their ids sort) and the index of those that
/// are not final, so that both change in one transaction; a partition a job notes which of its runs are done.
/// </summary>
internal static class JobKeys
{
    public const string Partition = "jobs";

    public static (string From, string To) Jobs { get; } = StorageKey.RangeBelow("J");

    public static (string From, string To) ActiveJobs { get; } = StorageKey.RangeBelow("A");

    public static string Job(JobId id) => StorageKey.Join("J", id.Value);

    public static string Active(JobId id) => StorageKey.Join("A", id.Value);

    public static string RunsDone(JobId id) => StorageKey.Join("D", id.Value);

    public static string RunDone(int run) => run.ToString("x8", CultureInfo.InvariantCulture);

    public static int RunOf(string rowKey) => int.Parse(rowKey, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
