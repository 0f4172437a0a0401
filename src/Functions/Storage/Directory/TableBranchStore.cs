using System.Collections.Immutable;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Audit;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>
/// Every change of a branch also replaces the tree's version row under its ETag, in one transaction: of two moves that together would
/// make a cycle, the second finds the tree changed.
/// </summary>
internal sealed class TableBranchStore(TableClient directory, AuditOutbox audit) : IBranchStore
{
    private const int PageSize = 1_000;
    private volatile BranchTree? last;

    /// <summary>The tree is read between two reads of its version; one that changed meanwhile is read again.</summary>
    public async Task<BranchTree> ReadTreeAsync(CancellationToken cancellationToken)
    {
        var version = await VersionAsync(cancellationToken);
        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            if (last is { } known && known.Version == version)
            {
                return known;
            }

            var branches = ImmutableDictionary.CreateBuilder<LmsId, Branch>();
            await foreach (var row in BranchRow.All.ReadAsync(directory, PageSize, cancellationToken))
            {
                branches[LmsId.Parse(row.RowKey)] = BranchRow.Read(row);
            }

            var after = await VersionAsync(cancellationToken);
            if (after == version)
            {
                return last = new BranchTree(version, branches.ToImmutable());
            }

            version = after;
        }
    }

    public async Task<Branch?> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await directory.FindRowAsync(BranchRow.PartitionKey, id.Value, cancellationToken) is { } row ? BranchRow.Read(row) : null;

    public Task<bool> TryPutAsync(Branch branch, BranchTree tree, AuditEntry? entry, CancellationToken cancellationToken) =>
        TryChangeAsync(new(TableTransactionActionType.UpsertReplace, BranchRow.Of(branch)), tree, tree.With(branch), entry, cancellationToken);

    public Task<bool> TryRemoveAsync(Branch branch, BranchTree tree, AuditEntry? entry, CancellationToken cancellationToken) =>
        TryChangeAsync(new(TableTransactionActionType.Delete, BranchRow.Of(branch), ETag.All), tree, tree.Without(branch.Id), entry, cancellationToken);

    private async Task<bool> TryChangeAsync(
        TableTransactionAction change, BranchTree from, BranchTree to, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var current = await VersionRowAsync(cancellationToken);
        if (BranchRow.ReadVersion(current) != from.Version)
        {
            return false;
        }

        var version = BranchRow.OfVersion(to.Version);
        var count = current is null
            ? new TableTransactionAction(TableTransactionActionType.Add, version)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, version, current.ETag);
        if (!await audit.TryCommitAsync(directory, version, [count, change], entry, cancellationToken))
        {
            return false;
        }

        last = to;
        return true;
    }

    private Task<TableEntity?> VersionRowAsync(CancellationToken cancellationToken) =>
        directory.FindRowAsync(BranchRow.PartitionKey, BranchRow.VersionKey, cancellationToken);

    private async Task<int> VersionAsync(CancellationToken cancellationToken) => BranchRow.ReadVersion(await VersionRowAsync(cancellationToken));
}
