using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using ETag = Azure.ETag;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>A row for each follow-up, in the user's shard; few exist at any time.</summary>
internal sealed class TableUserFollowUps(TableClient users) : IUserFollowUps
{
    private const int PageSize = 1_000;

    public Task AddAsync(UserFollowUp followUp, CancellationToken cancellationToken) =>
        users.UpsertEntityAsync(RowOf(followUp), TableUpdateMode.Replace, cancellationToken);

    public async Task<IReadOnlyList<UserFollowUp>> ReadAsync(Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        var wanted = userIds.ToHashSet();
        return await UserKeys.FollowUps(shard, userIds[0], userIds[^1]).ReadAsync(users, PageSize, cancellationToken)
            .Select(Read).Where(followUp => wanted.Contains(followUp.UserId)).ToListAsync(cancellationToken);
    }

    public async IAsyncEnumerable<UserFollowUp> ReadOlderAsync(
        DateTimeOffset before, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var shard in Shard.All)
        {
            await foreach (var row in UserKeys.FollowUps(shard).ReadAsync(users, PageSize, cancellationToken))
            {
                if (Read(row) is var followUp && followUp.AddedAt < before)
                {
                    yield return followUp;
                }
            }
        }
    }

    public Task RemoveManyAsync(IReadOnlyList<UserFollowUp> done, CancellationToken cancellationToken) => users.DeleteManyAsync(
        done.Select(followUp => new TableEntity(UserKeys.Partition(followUp.UserId), UserKeys.OfFollowUp(followUp.UserId, followUp.Id)) { ETag = ETag.All }),
        cancellationToken);

    public static TableEntity RowOf(UserFollowUp followUp) => new(UserKeys.Partition(followUp.UserId), UserKeys.OfFollowUp(followUp.UserId, followUp.Id))
    {
        ["userId"] = followUp.UserId.Value,
        ["id"] = followUp.Id,
        ["isAhead"] = followUp.IsAhead,
        ["renamed"] = followUp.ShownOtherwise,
        ["givenUpUsername"] = followUp.GivenUp?.Username,
        ["givenUpToken"] = followUp.GivenUp?.Token,
        ["addedAt"] = followUp.AddedAt,
    };

    private static UserFollowUp Read(TableEntity row) => new(
        LmsId.Parse(row.GetString("userId")),
        row.GetString("id"),
        row.GetDateTimeOffset("addedAt")!.Value)
    {
        IsAhead = row.GetBoolean("isAhead")!.Value,
        ShownOtherwise = row.GetBoolean("renamed")!.Value,
        GivenUp = row.GetString("givenUpUsername") is { } username ? new UsernameClaim(username, row.GetString("givenUpToken")) : null,
    };
}
