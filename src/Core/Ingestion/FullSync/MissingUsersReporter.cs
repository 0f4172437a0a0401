using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.FullSync;

/// <summary>
/// Lists the users that were missing, as a file of users with what became of each: with <c>active</c> mended and <c>row_status</c> cleared it can be
/// dropped to bring them back. A part of the report for the header, and one for each run.
/// </summary>
public sealed class MissingUsersReporter(PartedReport report, IRunStore runStore, IUserStore users)
{
    private static readonly string[] Columns =
        [CsvColumns.UserId, CsvColumns.Username, CsvColumns.FirstName, CsvColumns.LastName, CsvColumns.Email, CsvColumns.BranchId, CsvColumns.Active];

    /// <summary>Writes on for a while.</summary>
    /// <param name="receipts">Of all runs of the job.</param>
    /// <returns>Whether the report is complete; else another call goes on.</returns>
    public Task<bool> WriteAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken)
    {
        var file = ((DeactivateMissingWork)job.Work).File;
        var runs = receipts.Select(receipt => receipt.Key).OrderBy(run => run.Run).ToList();
        var writer = new ReportWriter(file.Format! with { Columns = Columns });
        return report.WriteAsync(job, file, 1 + runs.Count, WritePartAsync, cancellationToken);

        async Task WritePartAsync(int number, Stream part) => await (number == 0
            ? writer.WriteHeaderAsync(part, cancellationToken)
            : writer.WriteRowsAsync(await ReadRowsAsync(runs[number - 1], cancellationToken), part, cancellationToken));
    }

    private async Task<List<(IReadOnlyList<string?> Cells, JobResult Result)>> ReadRowsAsync(RunKey run, CancellationToken cancellationToken)
    {
        var rows = new List<(IReadOnlyList<string?>, JobResult)>();
        await foreach (var results in runStore.ReadResultsAsync(run, cancellationToken))
        {
            var found = await users.FindManyAsync(run.Shard, [.. results.Select(result => result.UserId!)], cancellationToken);
            rows.AddRange(results.Select(result => (CellsOf(result, found.GetValueOrDefault(result.UserId!)), result)));
        }

        return rows;
    }

    private static IReadOnlyList<string?> CellsOf(JobResult result, User? user) =>
        [result.UserId!.Value, user?.Username, user?.FirstName, user?.LastName, user?.Email, user?.BranchId?.Value, user is { Active: true } ? "1" : "0"];
}
