using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Finds the awards of all certifications by the marks of days, and asks only the shards that a mark lies in.</summary>
internal sealed class TableAllAwardsStore(TableClient table) : IAllAwardsStore
{
    /// <summary>Marks are small, and those of one expiry lie in all shards.</summary>
    private const int MarksRead = 400;

    private static readonly IReadOnlyList<string> Columns = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey)];

    public async Task<Page<SharedExpiry>> ListExpiriesAsync(ExpiryRange range, string? after, CancellationToken cancellationToken)
    {
        if (range.IsEmpty)
        {
            return new Page<SharedExpiry>([], null);
        }

        var keys = AwardKeys.Expiries(range);
        var marks = await ShardMerge.ReadFirstAsync(
            table, shard => new RowRange(AwardKeys.Partition(shard), keys), after, MarksRead, cancellationToken, Columns);
        var expiries = marks.GroupBy(mark => mark.RowKey).Select(group => ExpiryOf(group.Key, group)).ToList();

        // Of the last one not all marks may have been read.
        return marks.Count < MarksRead
            ? new Page<SharedExpiry>(expiries, null)
            : new Page<SharedExpiry>([.. expiries.SkipLast(1)], expiries[^2].Place);
    }

    public async Task<IReadOnlyList<HeldAward>> ReadAsync(SharedExpiry expiry, LmsId? after, int count, CancellationToken cancellationToken)
    {
        var (code, expiresOn) = (expiry.CertificationCode, expiry.ExpiresOn);
        var keys = AwardKeys.Expiring(code, ExpiryRange.On(expiresOn));
        var behind = after is null ? null : AwardKeys.ByExpiry(code, expiresOn, after);
        var rows = await ShardMerge.ReadFirstAsync(
            table, expiry.Shards, shard => new RowRange(AwardKeys.Partition(shard), keys), behind, count, cancellationToken);
        return [.. rows.Select(AwardRow.Read).Select(stored => new HeldAward(stored.Award, stored.User))];
    }

    private static SharedExpiry ExpiryOf(string rowKey, IEnumerable<TableEntity> marks)
    {
        var (expiresOn, code) = AwardKeys.ReadExpiry(rowKey);
        return new SharedExpiry(code, expiresOn, [.. marks.Select(mark => AwardKeys.ShardOf(mark.PartitionKey))], rowKey);
    }
}
