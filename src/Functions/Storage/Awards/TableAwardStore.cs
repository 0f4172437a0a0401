using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Awards in table storage; the layout is that of <see cref="AwardKeys"/>.</summary>
internal sealed class TableAwardStore(TableClient table, TimeProvider time) : IAwardStore
{
    /// <summary>Up to this many users are read one by one: a range would read more rows than it saves requests.</summary>
    private const int PointReadsUpTo = 8;

    public async Task<StoredAward?> FindAsync(CertificationCode code, LmsId userId, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            AwardKeys.Partition(Shard.Of(userId)), AwardKeys.Truth(userId, code), cancellationToken: cancellationToken);
        return row.HasValue ? AwardRow.Read(row.Value!) : null;
    }

    public async Task<IReadOnlyDictionary<LmsId, StoredAward>> FindManyAsync(
        CertificationCode code, Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        if (userIds.Count > PointReadsUpTo)
        {
            return await FindInRangeAsync(code, shard, userIds, cancellationToken);
        }

        var found = await Task.WhenAll(userIds.Select(userId => FindAsync(code, userId, cancellationToken)));
        return found.OfType<StoredAward>().ToDictionary(stored => stored.Award.UserId);
    }

    public async Task<IAwardWriter> OpenRunAsync(RunKey run, bool isNew, CancellationToken cancellationToken) =>
        await TableAwardWriter.OpenRunAsync(table, run, isNew, time, cancellationToken);

    public async Task<bool> TryWriteAsync(AwardWrite write, CancellationToken cancellationToken)
    {
        var writer = new TableAwardWriter(table, Shard.Of(write.UserId!), time);
        return await writer.CommitAsync([write], cancellationToken) is CommitOutcome.Committed;
    }

    public async Task<IReadOnlyList<RunReceipt>> ListReceiptsAsync(JobId jobId, CancellationToken cancellationToken)
    {
        var receipts = await Task.WhenAll(Shard.All.Select(shard => ListReceiptsAsync(jobId, shard, cancellationToken)));
        return [.. receipts.SelectMany(ofShard => ofShard)];
    }

    public async Task<Page<JobResult>> ListResultsAsync(
        RunKey run, AwardOutcome? outcome, PageRequest page, CancellationToken cancellationToken)
    {
        var (from, to) = AwardKeys.ResultsOf(run);
        var position = ResultPosition.Parse(page.After);
        var found = new List<JobResult>(page.Limit);
        var rows = table.QueryAsync<TableEntity>(
            RowsOf(run.Shard, position.RowKey ?? from, to), maxPerPage: page.Limit, cancellationToken: cancellationToken);
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

    private async Task<IReadOnlyDictionary<LmsId, StoredAward>> FindInRangeAsync(
        CertificationCode code, Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        var wanted = userIds.ToHashSet();
        var found = new Dictionary<LmsId, StoredAward>();
        var (from, to) = AwardKeys.TruthsBetween(userIds[0], userIds[^1]);
        var rows = table.QueryAsync<TableEntity>(
            RowsOf(shard, from, to) + TableClient.CreateQueryFilter($" and codeKey eq {code.Key}"),
            cancellationToken: cancellationToken);
        await foreach (var row in rows)
        {
            var stored = AwardRow.Read(row);
            if (wanted.Contains(stored.Award.UserId))
            {
                found[stored.Award.UserId] = stored;
            }
        }

        return found;
    }
}
