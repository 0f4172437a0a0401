using System.Collections.Concurrent;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>
/// Sees to it that awards show their users as they are: under the latest name, and whether they are active. A change writes the user first, then
/// the awards that it finds. An award that was stored meanwhile as the user was before was not there to be found, so whoever stores awards looks at
/// the users once more afterwards.
/// </summary>
public sealed class UserFollower(IUserStore users, IAwardProjection projection)
{
    /// <summary>
    /// The revision of each shard as it was last seen. One that has grown old differs from the present one, and then the users are looked at once
    /// too often, never too seldom.
    /// </summary>
    private readonly ConcurrentDictionary<Shard, string?> seen = new();

    /// <summary>To be called before the users are read.</summary>
    /// <returns>How all users are shown, for <see cref="FollowAsync"/>; wrapped, as null is a state too.</returns>
    public async Task<ShownState> BeginAsync(Shard shard, CancellationToken cancellationToken) =>
        new(seen.TryGetValue(shard, out var revision) ? revision : await ReadAsync(shard, cancellationToken));

    /// <summary>Has the awards of those who changed show it.</summary>
    /// <param name="shown">What the awards show: a user in more than one way, if one was stored before a change and one after it.</param>
    /// <param name="before">There is nothing to look for while the users are in this state; null: look in any case.</param>
    public async Task FollowAsync(
        Shard shard, IReadOnlyCollection<ShownHolder> shown, ShownState? before, CancellationToken cancellationToken)
    {
        if (shown.Count == 0 || (before is not null && await ReadAsync(shard, cancellationToken) == before.Revision))
        {
            return;
        }

        var now = await users.FindManyAsync(shard, [.. shown.Select(holder => holder.UserId).Distinct().Order(ShardOrder.Instance)], cancellationToken);
        var changed = shown.Where(holder => now.TryGetValue(holder.UserId, out var user) && user.Shown != holder.User).Select(holder => holder.UserId).ToHashSet();
        await (changed.Count == 0 ? Task.CompletedTask : projection.ShowAsync(shard, [.. changed.Order(ShardOrder.Instance)], cancellationToken));
    }

    private async Task<string?> ReadAsync(Shard shard, CancellationToken cancellationToken) =>
        seen[shard] = await users.FindShownRevisionAsync(shard, cancellationToken);
}

public sealed record ShownHolder(LmsId UserId, ShownUser User);

/// <param name="Revision">See <see cref="IUserStore.FindShownRevisionAsync"/>.</param>
public sealed record ShownState(string? Revision);
