using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>
/// Makes many users members of one group, about a hundred in a transaction. What each membership becomes is what <see cref="Membership"/> makes
/// of it: the rows are the same, and the row that counts the members of a shard keeps rivals apart.
/// </summary>
internal sealed class MemberBatch(TableClient members, string partition)
{
    private readonly RowsByKey rows = new(members);

    /// <returns>Those whose membership began at that time.</returns>
    public async Task<IReadOnlySet<LmsId>> AddAsync(IEnumerable<LmsId> userIds, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var ids = userIds.Order(ShardOrder.Instance).ToList();
        var known = await ReadAsync(ids, cancellationToken);
        var joined = new HashSet<LmsId>();
        var attempts = new Attempts();
        for (var next = 0; next < ids.Count;)
        {
            attempts.Next();
            var additions = Take(ids.Skip(next), known, at);
            if (await TryCommitAsync(additions, cancellationToken))
            {
                joined.UnionWith(additions.Where(addition => addition.JoinedAt == at).Select(addition => addition.UserId));
                next += additions.Count;
                attempts = new Attempts();
            }
            else
            {
                known = await ReadAsync([.. ids.Skip(next)], cancellationToken);
            }
        }

        return joined;
    }

    private async Task<IReadOnlyDictionary<string, TableEntity>> ReadAsync(List<LmsId> ids, CancellationToken cancellationToken)
    {
        var (there, removed) = (
            rows.FindAsync(partition, [.. ids.Select(MemberKeys.OfMember)], cancellationToken),
            rows.FindAsync(partition, [.. ids.Select(MemberKeys.OfRemoved)], cancellationToken));
        return (await there).Concat(await removed).ToDictionary();
    }

    /// <summary>As many as fit into a transaction.</summary>
    private List<Addition> Take(IEnumerable<LmsId> ids, IReadOnlyDictionary<string, TableEntity> known, DateTimeOffset at)
    {
        var taken = new List<Addition>();
        var counted = new HashSet<Shard>();
        var operations = 0;
        foreach (var id in ids)
        {
            var addition = Decide(id, known.GetValueOrDefault(MemberKeys.OfMember(id)), known.GetValueOrDefault(MemberKeys.OfRemoved(id)), at);
            operations += addition.Actions.Count + (addition.IsNew && counted.Add(Shard.Of(id)) ? 1 : 0);
            if (operations > TransactionGuard.MaxOperations)
            {
                break;
            }

            taken.Add(addition);
        }

        return taken;
    }

    private Addition Decide(LmsId id, TableEntity? mine, TableEntity? removed, DateTimeOffset at)
    {
        var joinedAt = mine is null ? at : Membership.JoinedAtOf(mine);
        if (!Membership.IsNews(new EventTime(at, IsLastWord: false), mine, removed))
        {
            return new Addition(id, mine is null ? null : joinedAt, IsNew: false, []);
        }

        var row = Membership.RowOf(partition, MemberKeys.OfMember(id), id, at, joinedAt);
        List<TableTransactionAction> actions =
            [mine is null ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateReplace, row, mine.ETag)];
        if (removed is not null)
        {
            actions.Add(new(TableTransactionActionType.Delete, new TableEntity(partition, removed.RowKey), removed.ETag));
        }

        return new Addition(id, joinedAt, IsNew: mine is null, actions);
    }

    /// <returns>False when another write came first.</returns>
    private async Task<bool> TryCommitAsync(List<Addition> additions, CancellationToken cancellationToken)
    {
        var actions = additions.SelectMany(addition => addition.Actions).ToList();
        if (actions.Count == 0)
        {
            return true;
        }

        var more = additions.Where(addition => addition.IsNew).CountBy(addition => MemberKeys.OfCount(Shard.Of(addition.UserId))).ToList();
        var counts = more.Count == 0 ? [] : await MemberKeys.Counts(partition).ReadFirstAsync(members, Shard.Count, cancellationToken);
        actions.AddRange(more.Select(count => Membership.CountAction(partition, count.Key, count.Value, counts.FirstOrDefault(row => row.RowKey == count.Key))));
        return await members.TryCommitAsync((TableEntity)actions[0].Entity, actions, cancellationToken);
    }

    /// <param name="JoinedAt">Since when the user has been a member when that is done; null: is none, or nobody knows.</param>
    private sealed record Addition(LmsId UserId, DateTimeOffset? JoinedAt, bool IsNew, IReadOnlyList<TableTransactionAction> Actions);
}
