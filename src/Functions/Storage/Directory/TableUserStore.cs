using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Audit;
using CertFunctions.Functions.Storage.Transactions;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>Users, each with the rows that find it by its names, in the user's shard: one transaction writes them all.</summary>
internal sealed class TableUserStore(TableClient users, AuditOutbox audit) : IUserStore
{
    private const string Revision = "revision";

    private readonly RowsByKey rows = new(users);
    private readonly UserSearch list = new(users);
    private readonly UserDeletions deletions = new(users);

    public async Task<User?> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, cancellationToken) is { } row ? UserRow.Read(row) : null;

    public async Task<StoredUser?> FindStoredAsync(LmsId id, CancellationToken cancellationToken) =>
        await FindRowAsync(id, cancellationToken) is { } row ? UserRow.ReadStored(row) : null;

    public async Task<IReadOnlyDictionary<LmsId, User>> FindManyAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) =>
        (await rows.FindAsync(StorageKey.OfShard(shard), [.. ids.Select(UserKeys.OfUser)], cancellationToken)).Values
            .Select(UserRow.Read).ToDictionary(user => user.Id);

    public async Task<IReadOnlyDictionary<LmsId, StoredUser>> FindManyStoredAsync(
        Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) =>
        (await rows.FindAsync(StorageKey.OfShard(shard), [.. ids.Select(UserKeys.OfUser)], cancellationToken)).Values
            .Select(UserRow.ReadStored).ToDictionary(stored => stored.User.Id);

    /// <summary>Not the rows that find them by their names: what these show is the same, and nobody reads the times there.</summary>
    public async Task<IReadOnlyList<User>> TouchManyAsync(IReadOnlyList<(User User, StoredUser Former)> touched, CancellationToken cancellationToken)
    {
        var written = new List<User>();
        foreach (var chunk in touched.Chunk(TransactionGuard.MaxOperations))
        {
            var updates = chunk.Select(one => new TableTransactionAction(
                TableTransactionActionType.UpdateReplace,
                UserRow.Of(UserKeys.Partition(one.User.Id), UserKeys.OfUser(one.User.Id), one.User, one.Former.Claim),
                new ETag(one.Former.Revision))).ToList();
            if (await users.TryCommitAsync((TableEntity)updates[0].Entity, updates, cancellationToken))
            {
                written.AddRange(chunk.Select(one => one.User));
            }
        }

        return written;
    }

    public Task<Page<User>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken) =>
        search is null ? list.ByIdAsync(page, cancellationToken) : list.ByNameAsync(search, page, cancellationToken);

    public async Task<string?> FindNamesRevisionAsync(Shard shard, CancellationToken cancellationToken) =>
        (await users.FindRowAsync(StorageKey.OfShard(shard), UserKeys.NamesRevision, cancellationToken))?.GetString(Revision);

    public Task<bool> TryWriteAsync(
        User user, UsernameClaim claim, StoredUser former, UserFollowUp? followUp, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var row = UserRow.Of(UserKeys.Partition(user.Id), UserKeys.OfUser(user.Id), user, claim);
        var write = new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(former.Revision));
        return audit.TryCommitAsync(
            users, row, [write, .. NameActions(user, claim, former), .. RenameActions(user, former), .. FollowUpActions(followUp)], entry, cancellationToken);
    }

    public Task<UserDeletion> FindDeletionAsync(LmsId id, CancellationToken cancellationToken) => deletions.FindAsync(id, cancellationToken);

    public Task<bool> TryCreateAsync(
        User user, UsernameClaim claim, UserDeletion deletion, UserFollowUp? followUp, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var row = UserRow.Of(UserKeys.Partition(user.Id), UserKeys.OfUser(user.Id), user, claim);
        var add = new TableTransactionAction(TableTransactionActionType.Add, row);
        return audit.TryCommitAsync(
            users, row, [add, .. NameActions(user, claim, null), UserDeletions.Forget(user.Id, deletion), .. FollowUpActions(followUp)], entry, cancellationToken);
    }

    public Task RememberDeletionAsync(LmsId id, DateTimeOffset at, CancellationToken cancellationToken) =>
        deletions.RememberAsync(id, at, cancellationToken);

    private static IEnumerable<TableTransactionAction> NameActions(User user, UsernameClaim claim, StoredUser? former)
    {
        var partition = UserKeys.Partition(user.Id);
        var keys = UserKeys.NameKeys(user);
        var given = keys.Select(key => new TableTransactionAction(
            TableTransactionActionType.UpsertReplace, UserRow.Of(partition, UserKeys.OfName(key, user.Id), user, claim)));
        var gone = former is null ? [] : UserKeys.NameKeys(former.User).Except(keys).Select(key => new TableTransactionAction(
            TableTransactionActionType.Delete, new TableEntity(partition, UserKeys.OfName(key, user.Id)), ETag.All));
        return given.Concat(gone);
    }

    /// <summary>Written whatever it was: each rename leaves another value, and none waits for another.</summary>
    private static IEnumerable<TableTransactionAction> RenameActions(User user, StoredUser former) =>
        former.User.Name == user.Name
            ? []
            :
            [
                new(
                    TableTransactionActionType.UpsertReplace,
                    new TableEntity(UserKeys.Partition(user.Id), UserKeys.NamesRevision) { [Revision] = ConditionalWrite.NewId() }),
            ];

    /// <summary>Written as it is: what counts is that nobody has taken it.</summary>
    private static IEnumerable<TableTransactionAction> FollowUpActions(UserFollowUp? followUp) => followUp is null
        ? []
        : [new(TableTransactionActionType.UpdateReplace, TableUserFollowUps.RowOf(followUp), new ETag(followUp.Revision!))];

    private Task<TableEntity?> FindRowAsync(LmsId id, CancellationToken cancellationToken) =>
        users.FindRowAsync(UserKeys.Partition(id), UserKeys.OfUser(id), cancellationToken);
}
