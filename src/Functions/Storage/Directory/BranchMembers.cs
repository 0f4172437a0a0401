using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>Who is in which branch, by the rows that find users in their branches: in each shard in the order of branches, then of users.</summary>
internal sealed class BranchMembers(TableClient users)
{
    /// <summary>The users of so few are merged as they are read.</summary>
    public const int FewBranches = 8;

    private static readonly string[] Keys = ["RowKey"];

    private readonly RowsOfRanges rows = new(users, Keys);

    /// <summary>See <see cref="IMemberStore.ReadBranchesAsync"/>.</summary>
    public async IAsyncEnumerable<LmsId> ReadAsync(
        IReadOnlyCollection<LmsId> branchIds, LmsId? after, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<LmsId> inOrder = [.. branchIds.Distinct().OrderBy(id => id.Value, StringComparer.Ordinal)];
        foreach (var shard in inOrder.Count == 0 ? [] : Shard.All.Where(shard => after is null || shard.Number >= Shard.Of(after).Number))
        {
            var behind = after is not null && Shard.Of(after) == shard ? after : null;
            var ofShard = inOrder.Count <= FewBranches
                ? MergeAsync(shard, inOrder, behind, pageSize, cancellationToken)
                : GatherAsync(shard, inOrder, behind, cancellationToken);
            await foreach (var userId in ofShard.WithCancellation(cancellationToken))
            {
                yield return userId;
            }
        }
    }

    public async Task<bool> ContainsAsync(LmsId branchId, LmsId userId, CancellationToken cancellationToken) =>
        await users.FindRowAsync(UserKeys.Partition(userId), UserKeys.InBranch(branchId, userId), cancellationToken, Keys) is not null;

    private async IAsyncEnumerable<LmsId> GatherAsync(
        Shard shard, IReadOnlyList<LmsId> branchIds, LmsId? behind, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await rows.ReadAsync([.. branchIds.Select(id => UserKeys.InBranch(shard, id))], cancellationToken);
        foreach (var userId in found.Select(UserOf).Where(id => behind is null || ShardOrder.Instance.Compare(id, behind) > 0).Order(ShardOrder.Instance))
        {
            yield return userId;
        }
    }

    private IAsyncEnumerable<LmsId> MergeAsync(
        Shard shard, IReadOnlyList<LmsId> branchIds, LmsId? behind, int pageSize, CancellationToken cancellationToken) => Merge.SortedAsync(
            branchIds.Select(id => UserKeys.InBranch(shard, id).After(behind is null ? null : UserKeys.InBranch(id, behind))
                .ReadAsync(users, pageSize, cancellationToken, Keys).Select(UserOf)),
            ShardOrder.Instance,
            cancellationToken);

    private static LmsId UserOf(TableEntity row) => UserKeys.ReadInBranch(row.RowKey).UserId;
}
