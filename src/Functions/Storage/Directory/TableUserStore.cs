using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Audit;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>Users, each with the rows that find it by its names and in its branch, in the user's shard: one transaction writes them all.</summary>
internal sealed class TableUserStore(TableClient users, AuditOutbox audit) : IUserStore
{
    private readonly RowsByKey rows = new(users);
    private readonly UserSearch list = new(users);

    public async Task<User?> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await users.FindRowAsync(UserKeys.Partition(id), UserKeys.OfUser(id), cancellationToken) is { } row && UserRow.IsUser(row) ? UserRow.Read(row) : null;

    public async Task<IReadOnlyDictionary<LmsId, User>> FindManyAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) =>
        (await FindRowsAsync(shard, ids, cancellationToken)).Where(UserRow.IsUser).Select(UserRow.Read).ToDictionary(user => user.Id);

    public IAsyncEnumerable<User> ReadAsync(LmsId? after, int pageSize, CancellationToken cancellationToken) =>
        Shard.All.SkipWhile(shard => after is not null && shard.Number < Shard.Of(after).Number).ToAsyncEnumerable()
            .SelectMany(shard => UserKeys.Users(shard).Behind(after is not null && shard == Shard.Of(after) ? UserKeys.OfUser(after) : null)
                .ReadAsync(users, pageSize, cancellationToken))
            .Where(UserRow.IsUser).Select(UserRow.Read);

    public async Task<IReadOnlyDictionary<LmsId, StoredUser>> FindManyStoredAsync(
        Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken)
    {
        var found = (await FindRowsAsync(shard, ids, cancellationToken)).Select(UserRow.ReadStored).ToDictionary(stored => stored.Id);
        return ids.ToDictionary(id => id, id => found.GetValueOrDefault(id) ?? StoredUser.Nothing(id));
    }

    public Task<Page<User>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken) =>
        search is null ? list.ByIdAsync(page, cancellationToken) : list.ByNameAsync(search, page, cancellationToken);

    public async Task<string?> FindShownRevisionAsync(Shard shard, CancellationToken cancellationToken) =>
        (await users.FindRowAsync(StorageKey.OfShard(shard), UserKeys.ShownRevision, cancellationToken))?.GetString(UserTransaction.Revision);

    public async Task<IReadOnlySet<LmsId>> WriteManyAsync(Shard shard, IReadOnlyList<UserWrite> writes, CancellationToken cancellationToken)
    {
        var written = new HashSet<LmsId>();
        var pending = new Queue<UserWrite>(writes);
        while (pending.TryPeek(out _))
        {
            var transaction = new UserTransaction(shard);
            while (pending.TryPeek(out var next) && transaction.TryAdd(next))
            {
                pending.Dequeue();
            }

            await CommitAsync(transaction, pending, written, cancellationToken);
        }

        return written;
    }

    public Task<bool> TryRememberDeletionAsync(StoredUser former, DateTimeOffset at, CancellationToken cancellationToken) =>
        users.TryWriteAsync(UserRow.OfNobody(former.Id, at), former.Revision, cancellationToken);

    private async Task CommitAsync(UserTransaction transaction, Queue<UserWrite> pending, HashSet<LmsId> written, CancellationToken cancellationToken)
    {
        var actions = transaction.Build();
        var witness = (TableEntity)actions[0].Entity;
        if (transaction.Entry is { } entry)
        {
            // The only one of its transaction, and not tried again here.
            written.UnionWith(await audit.TryCommitAsync(users, witness, actions, entry, cancellationToken) ? transaction.UserIds : []);
            return;
        }

        if (await users.CommitAsync(witness, actions, cancellationToken) is not { } refused)
        {
            written.UnionWith(transaction.UserIds);
            return;
        }

        foreach (var write in transaction.WithoutThoseAt(refused))
        {
            pending.Enqueue(write);
        }
    }

    private async Task<IEnumerable<TableEntity>> FindRowsAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) =>
        (await rows.FindAsync(StorageKey.OfShard(shard), [.. ids.Select(UserKeys.OfUser)], cancellationToken)).Values;
}
