using System.Globalization;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Jobs;

/// <summary>
/// The keys of table <c>Jobs</c>. One partition holds the jobs (newest first, as their ids sort) and the index of those that
/// are not final, so that both change in one transaction; a partition a job notes which of its runs are done, and which blocks of runs.
/// </summary>
internal static class JobKeys
{
    public const string Partition = "jobs";

    public static (string From, string To) Jobs { get; } = StorageKey.RangeBelow("J");

    public static (string From, string To) ActiveJobs { get; } = StorageKey.RangeBelow("A");

    public static string Job(JobId id) => StorageKey.Join("J", id.Value);

    public static string Active(JobId id) => StorageKey.Join("A", id.Value);

    /// <summary>A retry begins with none.</summary>
    public static string RunsDone(Job job) => job.Turn.IsRetry ? StorageKey.Join("D", job.Id.Value, Number(job.Turn.RetriedIn)) : StorageKey.Join("D", job.Id.Value);

    /// <summary>Whether all runs are done is told by the runs of one block, and the blocks: a request each.</summary>
    public const int RunsPerBlock = 100;

    public static (string From, string To) AllRunsDone { get; } = StorageKey.RangeBelow("R");

    public static (string From, string To) AllBlocksDone { get; } = StorageKey.RangeBelow("B");

    public static string RunDone(int run) => StorageKey.Join("R", Number(run));

    public static string BlockDone(int block) => StorageKey.Join("B", Number(block));

    /// <summary>Those of the runs of a block.</summary>
    public static (string From, string To) RunsDoneOf(int block) => (RunDone(block * RunsPerBlock), RunDone((block + 1) * RunsPerBlock));

    public static int RunOf(string rowKey) =>
        int.Parse(rowKey.AsSpan(rowKey.IndexOf(StorageKey.Separator) + 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString("x8", CultureInfo.InvariantCulture);
}
