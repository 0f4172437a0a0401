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
        var writer = new TableAwardWriter(table, Shard.Of(write.UserId), time);
        return await writer.CommitAsync([write], cancellationToken) is CommitOutcome.Committed;
    }

    private async Task<IReadOnlyDictionary<LmsId, StoredAward>> FindInRangeAsync(
        CertificationCode code, Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        var wanted = userIds.ToHashSet();
        var found = new Dictionary<LmsId, StoredAward>();
        var (from, to) = AwardKeys.TruthsBetween(userIds[0], userIds[^1]);
        var rows = table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {AwardKeys.Partition(shard)} and RowKey ge {from} and RowKey lt {to} and codeKey eq {code.Key}"),
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
