using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>The runs of jobs in table storage, beside the awards that they change; the layout is that of <see cref="AwardKeys"/>.</summary>
internal sealed class TableRunStore(TableClient table, TimeProvider time) : IRunStore
{
    /// <summary>A row holds the results of a transaction: some thirty, or a thousand where nothing else was written.</summary>
    private const int RowsPerRead = 32;

    public async Task<IRunWriter> OpenAsync(RunKey run, JobTurn turn, bool isNew, CancellationToken cancellationToken) =>
        await TableAwardWriter.OpenRunAsync(table, run, turn, isNew, time, cancellationToken);

    public async Task<IReadOnlyList<RunReceipt>> ListReceiptsAsync(JobId jobId, CancellationToken cancellationToken)
    {
        var receipts = await Task.WhenAll(Shard.All.Select(shard => ListReceiptsAsync(jobId, shard, cancellationToken)));
        return [.. receipts.SelectMany(ofShard => ofShard)];
    }

    public async Task<Page<JobResult>> ListResultsAsync(
        RunKey run, ChangeOutcome? outcome, PageRequest page, CancellationToken cancellationToken)
    {
        var (from, to) = AwardKeys.ResultsOf(run);
        var position = ResultPosition.Parse(page.After);
        var found = new List<JobResult>(page.Limit);
        var rows = table.QueryAsync<TableEntity>(
            RowsOf(run.Shard, position.RowKey ?? from, to), maxPerPage: Math.Min(page.Limit, RowsPerRead), cancellationToken: cancellationToken);
        await foreach (var row in rows)
        {
            var skip = row.RowKey == position.RowKey ? position.Index : 0;
            foreach (var (index, result) in ResultsRow.Read(row).Index().Skip(skip))
            {
                if (found.Count == page.Limit)
                {
                    return new Page<JobResult>(found, new ResultPosition(row.RowKey, index).ToString());
                }

                if (outcome is null || result.Outcome == outcome)
                {
                    found.Add(result);
                }
            }
        }

        return new Page<JobResult>(found, null);
    }

    private async Task<IReadOnlyList<RunReceipt>> ListReceiptsAsync(JobId jobId, Shard shard, CancellationToken cancellationToken)
    {
        var (from, to) = AwardKeys.ReceiptsOf(jobId);
        return await table.QueryAsync<TableEntity>(RowsOf(shard, from, to), cancellationToken: cancellationToken)
            .Select(row => ReceiptRow.Read(row, jobId, shard))
            .ToListAsync(cancellationToken);
    }

    private static string RowsOf(Shard shard, string from, string to) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {AwardKeys.Partition(shard)} and RowKey ge {from} and RowKey lt {to}");
}
