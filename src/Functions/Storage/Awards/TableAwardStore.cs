using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage.Audit;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Awards in table storage; the layout is that of <see cref="AwardKeys"/>.</summary>
internal sealed class TableAwardStore(TableClient table, TimeProvider time, AuditOutbox audit) : IAwardStore
{
    /// <summary>Up to this many users are read one by one: a range would read more rows than it saves requests.</summary>
    private const int PointReadsUpTo = 8;

    private const int PointReadsAtOnce = 16;

    /// <summary>The first look takes so many rows for each user that is asked for, and no more than a page.</summary>
    private const int RowsPerUser = 10;
    private const int RowsPerLook = 1_000;

    /// <summary>So many rows may be passed over for each user: about what a read of its own costs.</summary>
    private const int RowsPassedPerUser = 50;

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

    public async Task<IReadOnlyDictionary<AwardVersion, Award>> FindSupersededAsync(
        Shard shard, IReadOnlyCollection<AwardVersion> versions, CancellationToken cancellationToken)
    {
        var keys = versions.Select(AwardKeys.Superseded).Order(StringComparer.Ordinal).ToList();
        var found = await new RowsByKey(table).FindAsync(AwardKeys.Partition(shard), keys, cancellationToken);
        return found.Values.Select(row => AwardRow.Read(row).Award)
            .ToDictionary(award => new AwardVersion(award.UserId, award.CertificationCode, award.Version));
    }

    public async Task<bool> TryWriteAsync(AwardWrite write, CancellationToken cancellationToken)
    {
        var shard = Shard.Of(write.UserId);
        var letter = OutboxLetter.Of(AwardKeys.Partition(shard), AwardAudit.EntryOf(write, time.GetUtcNow()));
        var isStored = await new TableAwardWriter(table, shard, time).TryWriteAsync(write, letter, cancellationToken);
        if (isStored)
        {
            await audit.SendAsync(letter, table, cancellationToken);
        }

        return isStored;
    }

    private static string RowsOf(Shard shard, string from, string to) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {AwardKeys.Partition(shard)} and RowKey ge {from} and RowKey lt {to}");

    /// <summary>
    /// Looks how the users lie by the first rows, those of all certifications. Where they lie close the rest is one query, which passes over
    /// the other certifications; where they are far apart it would pass over the whole shard.
    /// </summary>
    private async Task<IReadOnlyDictionary<LmsId, StoredAward>> FindInRangeAsync(
        CertificationCode code, Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<LmsId, StoredAward>();
        var most = Math.Min(userIds.Count * RowsPerUser, RowsPerLook);
        var (from, to) = AwardKeys.TruthsBetween(userIds[0], userIds[^1]);
        var rows = await new RowRange(AwardKeys.Partition(shard), from, to).ReadFirstAsync(table, most, cancellationToken);
        var wanted = userIds.ToHashSet();
        Keep(rows, code, wanted, found);
        if (rows.Count < most)
        {
            return found;
        }

        // The last row may not be the last of its user.
        var last = rows[^1].RowKey;
        List<LmsId> left = [.. userIds.SkipWhile(userId => string.CompareOrdinal(AwardKeys.TruthsOf(userId).To, last) <= 0)];
        if ((userIds.Count - left.Count) * RowsPassedPerUser < most)
        {
            await FindOneByOneAsync(code, left, found, cancellationToken);
            return found;
        }

        var (rest, _) = AwardKeys.TruthsBetween(left[0], left[^1]);
        var query = RowsOf(shard, rest, to) + TableClient.CreateQueryFilter($" and codeKey eq {code.Key}");
        Keep(await table.QueryAsync<TableEntity>(query, cancellationToken: cancellationToken).ToListAsync(cancellationToken), code, wanted, found);
        return found;
    }

    private static void Keep(
        IEnumerable<TableEntity> rows, CertificationCode code, HashSet<LmsId> wanted, Dictionary<LmsId, StoredAward> found)
    {
        foreach (var stored in rows.Where(row => row.GetString(AwardRow.CodeKey) == code.Key).Select(AwardRow.Read))
        {
            if (wanted.Contains(stored.Award.UserId))
            {
                found[stored.Award.UserId] = stored;
            }
        }
    }

    private async Task FindOneByOneAsync(
        CertificationCode code, IEnumerable<LmsId> userIds, Dictionary<LmsId, StoredAward> found, CancellationToken cancellationToken)
    {
        foreach (var some in userIds.Chunk(PointReadsAtOnce))
        {
            var read = await Task.WhenAll(some.Select(userId => FindAsync(code, userId, cancellationToken)));
            foreach (var stored in read.OfType<StoredAward>())
            {
                found[stored.Award.UserId] = stored;
            }
        }
    }
}
