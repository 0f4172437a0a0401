namespace CertFunctions.Core.Directory;

/// <summary>Writes users with all that hangs on them.</summary>
/// <remarks>
/// A change touches places that no transaction spans: the claim of the username, the gate of the branch, the user, its awards. The order is
/// <list type="number">
/// <item>the gate of a branch that is joined, see <see cref="BranchGates"/>;</item>
/// <item>the claim: a username that is not ours is never written; a claim without a user lapses;</item>
/// <item>the user: one transaction with what finds it by its names and in its branch, under the revision that the change was decided on, and
/// only while the gate is open. Nothing here goes by a clock: who takes a claim over touches its owner first, and a writer that slept meanwhile
/// is refused. The same transaction stores a follow-up where more is to be done:</item>
/// <item>the old username is freed, the awards show the user as it is now; then the follow-up goes. A crash leaves it to the next one who writes the user,
/// or to the sweeper.</item>
/// </list>
/// </remarks>
public sealed class UserWriter(IUserStore users, IUsernameClaims claims, BranchGates gates, TimeProvider time)
{
    /// <param name="changes">One a user.</param>
    /// <returns>By user. Those who are missing are to be read and decided anew: another writer came first.</returns>
    public async Task<IReadOnlyDictionary<LmsId, Outcome<Change<User>>>> WriteAsync(IReadOnlyCollection<UserChange> changes, CancellationToken cancellationToken)
    {
        var outcomes = new Dictionary<LmsId, Outcome<Change<User>>>();
        foreach (var nothing in changes.Where(change => change.Next == change.Former.User))
        {
            outcomes[nothing.UserId] = nothing.Result;
        }

        var open = await OpenAsync(changes, cancellationToken);
        foreach (var lost in changes.Where(change => change.Joined is { } branch && !open.Contains((Shard.Of(change.UserId), branch))))
        {
            outcomes[lost.UserId] = DirectoryRejections.UnknownBranch("branchId");
        }

        var claimed = await ClaimAsync(changes.Where(change => !outcomes.ContainsKey(change.UserId)), cancellationToken);
        List<UserChange> late = [.. changes.Where(change => change.NeedsClaim && !outcomes.ContainsKey(change.UserId) && !claimed.ContainsKey(change.UserId))];
        var owners = await claims.FindOwnersAsync([.. late.Select(change => change.Next.Username).Distinct()], cancellationToken);
        foreach (var change in late)
        {
            outcomes[change.UserId] = DirectoryRejections.UsernameTaken(change.Next.Username, owners.GetValueOrDefault(change.Next.Username));
        }

        var writes = changes.Where(change => !outcomes.ContainsKey(change.UserId)).ToDictionary(change => change.UserId, change => WriteOf(change, claimed));

        // One after the other: many batches are at work at once, and who waits for the storage waits for all that was sent before.
        foreach (var shard in writes.Values.GroupBy(write => Shard.Of(write.Change.UserId)))
        {
            foreach (var userId in await users.WriteManyAsync(shard.Key, [.. shard], cancellationToken))
            {
                outcomes[userId] = writes[userId].Change.Result;
            }
        }

        return outcomes;
    }

    private async Task<HashSet<(Shard Shard, LmsId Branch)>> OpenAsync(IEnumerable<UserChange> changes, CancellationToken cancellationToken)
    {
        var open = new HashSet<(Shard Shard, LmsId Branch)>();
        foreach (var shard in changes.Where(change => change.Joined is not null).GroupBy(change => Shard.Of(change.UserId), change => change.Joined!))
        {
            open.UnionWith((await gates.OpenAsync(shard.Key, [.. shard.Distinct()], cancellationToken)).Select(branch => (shard.Key, branch)));
        }

        return open;
    }

    private async Task<IReadOnlyDictionary<LmsId, UsernameClaim>> ClaimAsync(IEnumerable<UserChange> changes, CancellationToken cancellationToken)
    {
        var wishes = changes.Where(change => change.NeedsClaim).Select(change => new UsernameWish(change.Next.Username, change.UserId)).ToList();
        return wishes.Count == 0 ? new Dictionary<LmsId, UsernameClaim>() : await claims.ClaimManyAsync(wishes, cancellationToken);
    }

    private UserWrite WriteOf(UserChange change, IReadOnlyDictionary<LmsId, UsernameClaim> claimed)
    {
        var claim = change.NeedsClaim ? claimed[change.UserId] : change.Former.Claim!;
        var givenUp = change.NeedsClaim ? change.Former.Claim : null;
        var followUp = change.IsShownOtherwise || givenUp is not null
            ? new UserFollowUp(change.UserId, Guid.NewGuid().ToString("n"), time.GetUtcNow()) { ShownOtherwise = change.IsShownOtherwise, GivenUp = givenUp }
            : null;
        return new UserWrite(change, claim, followUp);
    }
}
