namespace CertFunctions.Core.Directory;

/// <summary>Brings about what follows a change of a user. Everything it does may be done again, and in any order.</summary>
public sealed class UserFollowUpService(IUserFollowUps followUps, IUsernameClaims claims, IUserArrivals arrivals, IAwardProjection awards, TimeProvider time)
{
    /// <summary>Whoever added an older follow-up is most likely not at work on it any more.</summary>
    public static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(1);

    /// <summary>So many are done before they are removed: after a crash no more are done again.</summary>
    public const int AtOnce = 100;

    /// <summary>What the writers of these users, this one and earlier ones, left undone.</summary>
    /// <param name="userIds">Of one shard, in ordinal order.</param>
    public async Task CatchUpAsync(Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        var found = await followUps.ReadAsync(shard, userIds, cancellationToken);
        foreach (var some in found.Where(followUp => !followUp.IsAhead).Chunk(AtOnce))
        {
            await FinishAsync(shard, some, cancellationToken);
        }
    }

    /// <summary>Finishes what crashed writers left undone, of all users.</summary>
    /// <returns>How many follow-ups there were.</returns>
    public async Task<int> RepairAsync(CancellationToken cancellationToken)
    {
        var finished = 0;
        var each = new EachByItself();
        await foreach (var followUp in followUps.ReadOlderAsync(time.GetUtcNow() - Abandoned, cancellationToken))
        {
            finished += await each.TryAsync($"user {followUp.UserId}", () => RepairAsync(followUp), cancellationToken);
        }

        each.ThrowIfAnyFailed();
        return finished;

        async Task<int> RepairAsync(UserFollowUp followUp)
        {
            await FinishAsync(Shard.Of(followUp.UserId), [followUp], cancellationToken);
            return 1;
        }
    }

    private async Task FinishAsync(Shard shard, IReadOnlyList<UserFollowUp> some, CancellationToken cancellationToken)
    {
        List<UserFollowUp> freed = [.. some.Where(followUp => followUp.GivenUp is not null)];
        if (freed.Count > 0)
        {
            await claims.ReleaseManyAsync([.. freed.Select(followUp => followUp.GivenUp!)], cancellationToken);
            await arrivals.AnnounceAsync([.. freed.Select(followUp => followUp.UserId).Distinct().OrderBy(id => id.Value, StringComparer.Ordinal)], cancellationToken);
        }

        List<LmsId> changed = [.. some.Where(followUp => followUp.ShownOtherwise).Select(followUp => followUp.UserId).Distinct().Order(ShardOrder.Instance)];
        await (changed.Count == 0 ? Task.CompletedTask : awards.ShowAsync(shard, changed, cancellationToken));
        await followUps.RemoveManyAsync(some, cancellationToken);
    }
}
