using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Transactions;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>
/// Packs users of one shard into one transaction, each with the rows that find it. One that the audit is to say something of comes alone:
/// what is said of it is stored with it.
/// </summary>
internal sealed class UserTransaction(Shard shard)
{
    public const string Revision = "revision";

    /// <summary>What the audit is to say takes one.</summary>
    private const int MaxOperations = TransactionGuard.MaxOperations - 1;

    private readonly string partition = StorageKey.OfShard(shard);
    private readonly List<UserWrite> writes = [];
    private readonly List<(TableTransactionAction Action, LmsId UserId)> actions = [];

    /// <summary>The branches that users of it join.</summary>
    private readonly HashSet<LmsId> joined = [];
    private bool showsOtherwise;

    public IEnumerable<LmsId> UserIds => writes.Select(write => write.Change.UserId);

    public AuditEntry? Entry { get; private set; }

    /// <returns>False when the transaction is full.</returns>
    public bool TryAdd(UserWrite write)
    {
        var change = write.Change;
        if (writes.Count > 0 && (Entry is not null || change.Entry is not null))
        {
            return false;
        }

        var rows = ActionsOf(write).ToList();
        var gates = joined.Count + (change.Joined is { } branch && !joined.Contains(branch) ? 1 : 0);
        if (actions.Count + rows.Count + gates + (showsOtherwise || change.IsShownOtherwise ? 1 : 0) > MaxOperations)
        {
            return false;
        }

        writes.Add(write);
        actions.AddRange(rows.Select(row => (row, change.UserId)));
        joined.UnionWith(change.Joined is null ? [] : [change.Joined]);
        showsOtherwise |= change.IsShownOtherwise;
        Entry = change.Entry;
        return true;
    }

    /// <summary>The rows of the users first.</summary>
    public IReadOnlyList<TableTransactionAction> Build()
    {
        List<TableTransactionAction> all = [.. actions.Select(action => action.Action), .. joined.Select(IfOpen)];
        if (showsOtherwise)
        {
            // Whatever it was: each change leaves another value, and none waits for another.
            var revision = new TableEntity(partition, UserKeys.ShownRevision) { [Revision] = ConditionalWrite.NewId() };
            all.Add(new(TableTransactionActionType.UpsertReplace, revision));
        }

        return all;
    }

    /// <summary>What is left when an operation was refused: those that had no part in it.</summary>
    public IEnumerable<UserWrite> WithoutThoseAt(int refused) => refused < actions.Count
        ? writes.Where(write => write.Change.UserId != actions[refused].UserId)
        : writes.Where(write => write.Change.Joined != joined.ElementAt(refused - actions.Count));

    /// <summary>Nothing is changed, but a row that is not there cannot be changed: the gate is closed. None waits for another.</summary>
    private TableTransactionAction IfOpen(LmsId branch) =>
        new(TableTransactionActionType.UpdateMerge, new TableEntity(partition, UserKeys.OfGate(branch)), ETag.All);

    private IEnumerable<TableTransactionAction> ActionsOf(UserWrite write)
    {
        var (change, claim, followUp) = write;
        var (id, former) = (change.UserId, change.Former);
        yield return former.Revision is null
            ? new(TableTransactionActionType.Add, RowOf(UserKeys.OfUser(id)))
            : new(TableTransactionActionType.UpdateReplace, RowOf(UserKeys.OfUser(id)), new ETag(former.Revision));
        if (!change.IsSeen)
        {
            // The rows that find it show the same as before, and nobody reads the times there.
            yield break;
        }

        var names = UserKeys.NameKeys(change.Next);
        foreach (var name in names)
        {
            yield return new(TableTransactionActionType.UpsertReplace, RowOf(UserKeys.OfName(name, id)));
        }

        foreach (var gone in former.User is null ? [] : UserKeys.NameKeys(former.User).Except(names))
        {
            yield return Delete(UserKeys.OfName(gone, id));
        }

        if (change.Joined is { } branch)
        {
            yield return new(TableTransactionActionType.UpsertReplace, new TableEntity(partition, UserKeys.InBranch(branch, id)));
        }

        if (change.Left is { } left)
        {
            yield return Delete(UserKeys.InBranch(left, id));
        }

        if (followUp is not null)
        {
            yield return new(TableTransactionActionType.UpsertReplace, TableUserFollowUps.RowOf(followUp));
        }

        TableEntity RowOf(string key) => UserRow.Of(partition, key, change.Next, claim);
    }

    private TableTransactionAction Delete(string key) => new(TableTransactionActionType.Delete, new TableEntity(partition, key), ETag.All);
}
