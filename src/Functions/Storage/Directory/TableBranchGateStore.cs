using Azure;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Transactions;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>
/// A gate is open where its row is there: whoever writes a user into the branch need not know more of it, so writers do not get into each
/// other's way. A second row changes with every closing, and is replaced under its ETag by whoever opens the gate.
/// </summary>
internal sealed class TableBranchGateStore(TableClient users) : IBranchGateStore
{
    public const int GatesPerTransaction = TransactionGuard.MaxOperations / RowsPerGate;
    private const int RowsPerGate = 2;

    private static readonly string[] Keys = ["RowKey"];

    private readonly RowsByKey rows = new(users, Keys);

    public async Task<IReadOnlyList<BranchGate>> FindManyAsync(Shard shard, IReadOnlyCollection<LmsId> branchIds, CancellationToken cancellationToken)
    {
        var found = branchIds.Count == 1
            ? await FindAsync(UserKeys.Gate(shard, branchIds.Single()), cancellationToken)
            : await rows.FindAsync(
                StorageKey.OfShard(shard),
                [.. branchIds.SelectMany(id => new[] { UserKeys.OfGate(id), UserKeys.OfClosings(id) }).Order(StringComparer.Ordinal)],
                cancellationToken);
        return [.. branchIds.Select(id => new BranchGate(
            id, found.ContainsKey(UserKeys.OfGate(id)), found.GetValueOrDefault(UserKeys.OfClosings(id))?.ETag.ToString()))];
    }

    public async Task<bool> TryOpenAsync(Shard shard, IReadOnlyList<BranchGate> closed, CancellationToken cancellationToken)
    {
        foreach (var some in closed.Chunk(GatesPerTransaction))
        {
            var actions = some.SelectMany(gate => ActionsOf(StorageKey.OfShard(shard), gate)).ToList();
            if (!await users.TryCommitAsync((TableEntity)actions[0].Entity, actions, cancellationToken))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>First told to whoever is about to open it: what is opened after that was decided on the mark.</summary>
    public Task CloseAsync(LmsId branchId, CancellationToken cancellationToken) => Task.WhenAll(Shard.All.Select(async shard =>
    {
        await users.UpsertEntityAsync(ClosingsOf(StorageKey.OfShard(shard), branchId), TableUpdateMode.Replace, cancellationToken);
        await users.DeleteEntityAsync(StorageKey.OfShard(shard), UserKeys.OfGate(branchId), ETag.All, cancellationToken);
    }));

    private async Task<IReadOnlyDictionary<string, TableEntity>> FindAsync(RowRange gate, CancellationToken cancellationToken) =>
        (await gate.ReadFirstAsync(users, RowsPerGate, cancellationToken, Keys)).ToDictionary(row => row.RowKey);

    private static IEnumerable<TableTransactionAction> ActionsOf(string partition, BranchGate gate)
    {
        yield return new(TableTransactionActionType.Add, new TableEntity(partition, UserKeys.OfGate(gate.BranchId)));
        var closings = ClosingsOf(partition, gate.BranchId);
        yield return gate.Revision is null
            ? new(TableTransactionActionType.Add, closings)
            : new(TableTransactionActionType.UpdateReplace, closings, new ETag(gate.Revision));
    }

    private static TableEntity ClosingsOf(string partition, LmsId branchId) => new(partition, UserKeys.OfClosings(branchId));
}
