using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>Writes a user with all that hangs on it.</summary>
/// <remarks>
/// A change touches four places that no transaction spans: username claim, branch members, user row, awards. The order is
/// <list type="number">
/// <item>the claim: a username that is not ours is never written; a claim without a user row lapses;</item>
/// <item>the follow-up row: from here on a crash leaves a trace that the next PUT and the sweeper go by;</item>
/// <item>the membership of the new branch, and only then a look at that branch: a DELETE first marks the branch and then looks for
/// members, so one of the two sees the other;</item>
/// <item>the user row with its name rows: the truth, in one transaction, under its revision and that of the follow-up row. Nothing here
/// goes by a clock: who takes the claim over touches the user row, who carries the follow-up out touches that, and a writer that slept
/// meanwhile is refused;</item>
/// <item>what follows from the user row: the old username is freed, the old branch left, the awards renamed; then the follow-up row goes.</item>
/// </list>
/// </remarks>
public sealed class UserWriter(
    IUserStore users, IUsernameClaims claims, IUserFollowUps followUps, IBranchStore branches, IMemberStore members,
    UserFollowUpService afterwards, TimeProvider time)
{
    public async Task<bool> BranchExistsAsync(LmsId? branchId, CancellationToken cancellationToken) =>
        branchId is null || await branches.FindAsync(branchId, cancellationToken) is not null;

    /// <summary>Remembers the time of an event that changed nothing else, so that one between that and the last change loses.</summary>
    /// <returns>Null when another writer came first.</returns>
    public async Task<Outcome<Change<User>>?> TryTouchAsync(User next, StoredUser former, CancellationToken cancellationToken) =>
        next == former.User || await users.TryWriteAsync(next, former.Claim, former, followUp: null, entry: null, cancellationToken)
            ? (Outcome<Change<User>>)Change.None(next)
            : null;

    /// <returns>Null when another writer came first.</returns>
    public async Task<Outcome<Change<User>>?> TryChangeAsync(
        User next, StoredUser? former, UserDeletion? deletion, Actor by, CancellationToken cancellationToken)
    {
        var keepsUsername = former is not null && FoldedText.AreSame(former.User.Username, next.Username);
        var claim = keepsUsername ? former!.Claim : await claims.TryClaimAsync(next.Username, next.Id, cancellationToken);
        if (claim is null)
        {
            return DirectoryRejections.UsernameTaken(next.Username);
        }

        var followUp = FollowUpOf(former?.User, next);
        if (followUp is not null)
        {
            followUp = await followUps.AddAsync(followUp, cancellationToken);
            if (!await TryJoinAsync(next, cancellationToken))
            {
                await afterwards.FinishAsync(followUp, cancellationToken);
                await (keepsUsername ? Task.CompletedTask : claims.GiveBackAsync(claim, next.Id, cancellationToken));
                return DirectoryRejections.UnknownBranch("branchId");
            }
        }

        var entry = UserAudit.EntryOf(former?.User, next, by);
        var written = await (former is null
            ? users.TryCreateAsync(next, claim, deletion!, followUp, entry, cancellationToken)
            : users.TryWriteAsync(next, claim, former, followUp, entry, cancellationToken));
        if (written && former is not null && !keepsUsername)
        {
            await claims.ReleaseAsync(former.Claim, next.Id, cancellationToken);
        }

        await (followUp is null ? Task.CompletedTask : afterwards.FinishAsync(followUp, cancellationToken));
        return written ? (Outcome<Change<User>>)new Change<User>(former?.User, next) : null;
    }

    private UserFollowUp? FollowUpOf(User? former, User next)
    {
        LmsId?[] moved = former?.BranchId == next.BranchId ? [] : [former?.BranchId, next.BranchId];
        var renamed = former is not null && former.Name != next.Name;
        return moved.Length == 0 && !renamed
            ? null
            : new UserFollowUp(next.Id, Guid.NewGuid().ToString("n"), [.. moved.OfType<LmsId>()], renamed, time.GetUtcNow());
    }

    private async Task<bool> TryJoinAsync(User user, CancellationToken cancellationToken)
    {
        if (user.BranchId is { } branch)
        {
            await members.AddAsync(MemberSource.Branch(branch), user.Id, EventTime.ByHand(user.UpdatedAt), entry: null, cancellationToken);
        }

        return user.BranchId is null || await branches.TryKeepAsync(user.BranchId, cancellationToken);
    }
}
