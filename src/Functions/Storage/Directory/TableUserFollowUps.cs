using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

/// <summary>A row for each follow-up, in the user's shard; few exist at any time.</summary>
internal sealed class TableUserFollowUps(TableClient users) : IUserFollowUps
{
    private const int PageSize = 100;

    public async Task<UserFollowUp> AddAsync(UserFollowUp followUp, CancellationToken cancellationToken)
    {
        var added = await users.UpsertEntityAsync(RowOf(followUp), TableUpdateMode.Replace, cancellationToken);
        return followUp with { Revision = added.Headers.ETag.ToString() };
    }

    /// <summary>Writing it again, whatever it was, changes its ETag.</summary>
    public Task<bool> TryTakeAsync(UserFollowUp followUp, CancellationToken cancellationToken) =>
        users.TryWriteAsync(RowOf(followUp), ETag.All.ToString(), cancellationToken);

    public Task RemoveAsync(UserFollowUp followUp, CancellationToken cancellationToken) => users.DeleteEntityAsync(
        UserKeys.Partition(followUp.UserId), UserKeys.OfFollowUp(followUp.UserId, followUp.Id), ETag.All, cancellationToken);

    public async Task<IReadOnlyList<UserFollowUp>> ReadAsync(LmsId userId, CancellationToken cancellationToken) =>
        await UserKeys.FollowUps(userId).ReadAsync(users, PageSize, cancellationToken).Select(Read).ToListAsync(cancellationToken);

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

    public static TableEntity RowOf(UserFollowUp followUp) => new(UserKeys.Partition(followUp.UserId), UserKeys.OfFollowUp(followUp.UserId, followUp.Id))
    {
        ["userId"] = followUp.UserId.Value,
        ["id"] = followUp.Id,
        ["branches"] = string.Join(StorageKey.Separator, followUp.Branches),
        ["renamed"] = followUp.Renamed,
        ["addedAt"] = followUp.AddedAt,
    };

    private static UserFollowUp Read(TableEntity row) => new(
        LmsId.Parse(row.GetString("userId")),
        row.GetString("id"),
        [.. row.GetString("branches").Split(StorageKey.Separator, StringSplitOptions.RemoveEmptyEntries).Select(LmsId.Parse)],
        row.GetBoolean("renamed")!.Value,
        row.GetDateTimeOffset("addedAt")!.Value,
        row.ETag.ToString());
}
