using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.FullSync;

/// <summary>
/// Lists the users that were missing, as a file of users with what became of each: with <c>active</c> mended and <c>row_status</c> cleared it can be
/// dropped to bring them back. A part of the report for each run.
/// </summary>
public sealed class MissingUsersReporter(IImportFiles files, IRunStore runStore, IUserStore users, OrganisationClock clock, ImportSettings settings)
{
    private const int ResultsPerPage = 1_000;

    private static readonly string[] Columns =
        [CsvColumns.UserId, CsvColumns.Username, CsvColumns.FirstName, CsvColumns.LastName, CsvColumns.Email, CsvColumns.BranchId, CsvColumns.Active];

    /// <summary>Writes on for a while.</summary>
    /// <param name="receipts">Of all runs of the job.</param>
    /// <returns>Whether the report is complete; else another call goes on.</returns>
    public async Task<bool> WriteAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken)
    {
        var file = ((DeactivateMissingWork)job.Work).File;
        var runs = receipts.Select(receipt => receipt.Key).OrderBy(run => run.Run).ToList();
        var written = await files.CountReportPartsAsync(job.Id, file, cancellationToken);
        var until = clock.Now + settings.TimePerCall;
        for (var part = written; part <= runs.Count; part++)
        {
            if (part > written && clock.Now >= until)
            {
                return false;
            }

            await WritePartAsync(job.Id, file, part, part == 0 ? null : runs[part - 1], cancellationToken);
        }

        await files.CompleteReportAsync(job.Id, file, runs.Count + 1, cancellationToken);
        return true;
    }

    /// <param name="run">Null: the header.</param>
    private async Task WritePartAsync(JobId id, ImportFile file, int number, RunKey? run, CancellationToken cancellationToken)
    {
        var writer = new ReportWriter(file.Format! with { Columns = Columns });
        using var part = new MemoryStream();
        await (run is null
            ? writer.WriteHeaderAsync(part, cancellationToken)
            : writer.WriteRowsAsync(await ReadRowsAsync(run, cancellationToken), part, cancellationToken));
        part.Position = 0;
        await files.WriteReportPartAsync(id, file, number, part, cancellationToken);
    }

    private async Task<List<(IReadOnlyList<string?> Cells, JobResult Result)>> ReadRowsAsync(RunKey run, CancellationToken cancellationToken)
    {
        var rows = new List<(IReadOnlyList<string?>, JobResult)>();
        for (PageRequest? page = new(ResultsPerPage, null); page is not null;)
        {
            var results = await runStore.ListResultsAsync(run, null, page, cancellationToken);
            var found = await users.FindManyAsync(run.Shard, [.. results.Items.Select(result => result.UserId!)], cancellationToken);
            rows.AddRange(results.Items.Select(result => (CellsOf(result, found.GetValueOrDefault(result.UserId!)), result)));
            page = results.Next is null ? null : page with { After = results.Next };
        }

        return rows;
    }

    private static IReadOnlyList<string?> CellsOf(JobResult result, User? user) =>
        [result.UserId!.Value, user?.Username, user?.FirstName, user?.LastName, user?.Email, user?.BranchId?.Value, user is { Active: true } ? "1" : "0"];
}
