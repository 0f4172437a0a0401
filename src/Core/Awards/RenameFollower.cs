using System.Collections.Concurrent;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>
/// Sees to it that awards show their users under the latest name. A rename writes the user first, then the awards that it finds. An
/// award that was stored meanwhile under the old name was not there to be found, so whoever stores awards looks at the names once
/// more afterwards.
/// </summary>
public sealed class RenameFollower(IUserStore users, IAwardProjection projection)
{
    /// <summary>
    /// The revision of the names of each shard as it was last seen. One that has grown old differs from the present one, and then
    /// the names are looked at once too often, never too seldom.
    /// </summary>
    private readonly ConcurrentDictionary<Shard, string?> seen = new();

    /// <summary>To be called before the users are read.</summary>
    /// <returns>The state of the names, for <see cref="FollowAsync"/>; wrapped, as null is a state too.</returns>
    public async Task<NamesState> BeginAsync(Shard shard, CancellationToken cancellationToken) =>
        new(seen.TryGetValue(shard, out var revision) ? revision : await ReadAsync(shard, cancellationToken));

    /// <summary>Renames in the awards whoever was renamed.</summary>
    /// <param name="shown">What the awards show: more than one name of a user, if one was stored before a rename and one after it.</param>
    /// <param name="before">There is nothing to look for while the names are in this state; null: look in any case.</param>
    public async Task FollowAsync(
        Shard shard, IReadOnlyCollection<ShownName> shown, NamesState? before, CancellationToken cancellationToken)
    {
        if (shown.Count == 0 || (before is not null && await ReadAsync(shard, cancellationToken) == before.Revision))
        {
            return;
        }

        var now = await users.FindManyAsync(shard, [.. shown.Select(name => name.UserId).Distinct().Order(ShardOrder.Instance)], cancellationToken);
        var renamed = shown.Where(name => now.TryGetValue(name.UserId, out var user) && user.Name != name.Name).Select(name => name.UserId).ToHashSet();
        await (renamed.Count == 0 ? Task.CompletedTask : projection.RenameAsync(shard, [.. renamed.Order(ShardOrder.Instance)], cancellationToken));
    }

    private async Task<string?> ReadAsync(Shard shard, CancellationToken cancellationToken) =>
        seen[shard] = await users.FindNamesRevisionAsync(shard, cancellationToken);
}

public sealed record ShownName(LmsId UserId, PersonName Name);

/// <param name="Revision">See <see cref="IUserStore.FindNamesRevisionAsync"/>.</param>
public sealed record NamesState(string? Revision);
