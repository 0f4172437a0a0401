using System.Collections.Immutable;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>
/// Every change of a branch also replaces the tree's version row under its ETag, in one transaction: of two moves that together would
/// make a cycle, the second finds the tree changed.
/// </summary>
internal sealed class TableBranchStore(TableClient directory) : IBranchStore
{
    private const int PageSize = 1_000;
    private volatile ReadTree? last;

    public async Task<BranchTree> ReadTreeAsync(CancellationToken cancellationToken) => (await ReadAsync(cancellationToken)).Tree;

    public async Task<Branch?> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await directory.FindRowAsync(BranchRow.PartitionKey, id.Value, cancellationToken) is { } row ? BranchRow.Read(row) : null;

    public async Task<IReadOnlyList<LmsId>> WithDescendantsAsync(LmsId id, CancellationToken cancellationToken) =>
        (await ReadTreeAsync(cancellationToken)).WithDescendants(id);

    public Task<bool> TryPutAsync(Branch branch, BranchTree tree, CancellationToken cancellationToken) =>
        TryChangeAsync(new(TableTransactionActionType.UpsertReplace, BranchRow.Of(branch)), tree, tree.With(branch), cancellationToken);

    public Task<bool> TryRemoveAsync(Branch branch, BranchTree tree, CancellationToken cancellationToken) =>
        TryChangeAsync(new(TableTransactionActionType.Delete, BranchRow.Of(branch), ETag.All), tree, tree.Without(branch.Id), cancellationToken);

    private async Task<bool> TryChangeAsync(
        TableTransactionAction change, BranchTree from, BranchTree to, CancellationToken cancellationToken)
    {
        var current = await VersionRowAsync(cancellationToken);
        if (BranchRow.ReadVersion(current) != from.Version)
        {
            return false;
        }

        var version = BranchRow.OfVersion(to.Version);
        version[ConditionalWrite.WriteId] = ConditionalWrite.NewId();
        try
        {
            var answer = await directory.SubmitTransactionAsync(
                [
                    current is null
                        ? new(TableTransactionActionType.Add, version)
                        : new(TableTransactionActionType.UpdateReplace, version, current.ETag),
                    change,
                ],
                cancellationToken);
            last = new ReadTree(answer.Value[0].Headers.ETag?.ToString(), to);
            return true;
        }
        catch (TableTransactionFailedException e) when (ConditionalWrite.IsConflict(e))
        {
            return await directory.IsWrittenAsync(version, cancellationToken);
        }
    }

    /// <summary>The tree is read between two reads of its version; one that changed meanwhile is read again.</summary>
    private async Task<ReadTree> ReadAsync(CancellationToken cancellationToken)
    {
        var version = await VersionRowAsync(cancellationToken);
        while (true)
        {
            var etag = version?.ETag.ToString();
            if (last is { } known && known.ETag == etag)
            {
                return known;
            }

            var branches = ImmutableDictionary.CreateBuilder<LmsId, Branch>();
            await foreach (var row in BranchRow.All.ReadAsync(directory, PageSize, cancellationToken))
            {
                branches[LmsId.Parse(row.RowKey)] = BranchRow.Read(row);
            }

            var after = await VersionRowAsync(cancellationToken);
            if (after?.ETag.ToString() == etag)
            {
                return last = new ReadTree(etag, new BranchTree(BranchRow.ReadVersion(version), branches.ToImmutable()));
            }

            version = after;
        }
    }

    private Task<TableEntity?> VersionRowAsync(CancellationToken cancellationToken) =>
        directory.FindRowAsync(BranchRow.PartitionKey, BranchRow.VersionKey, cancellationToken);

    private sealed record ReadTree(string? ETag, BranchTree Tree);
}
