namespace CertFunctions.Core.Directory;

/// <summary>What callers do with users.</summary>
/// <remarks>
/// A change touches four places that no transaction spans: username claim, branch members, user row, awards. The order is
/// <list type="number">
/// <item>the claim: a username that is not ours is never written; a claim without a user row lapses;</item>
/// <item>the follow-up row: from here on a crash leaves a trace that the next PUT and the sweeper go by;</item>
/// <item>the membership of the new branch, and only then a look whether that branch exists: a DELETE of the branch first takes the
/// branch away and then looks for members, so one of the two sees the other;</item>
/// <item>the user row with its name rows: the truth, in one transaction, under its revision;</item>
/// <item>what follows from the user row: the old username is freed, the old branch left, the awards renamed; then the follow-up row goes.</item>
/// </list>
/// </remarks>
public sealed class UserService(
    IUserStore users, IUsernameClaims claims, IUserFollowUps followUps, IBranchStore branches, IMemberStore members,
    UserFollowUpService afterwards, IUserArrivals arrivals, TimeProvider time)
{
    /// <summary>A writer that took longer from claim to user row begins again: others might take its claim for abandoned.</summary>
    private static readonly TimeSpan Haste = UsernameClaim.Lease / 4;

    public async Task<Outcome<User>> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await users.FindAsync(id, cancellationToken) is { } user ? user : DirectoryRejections.UserNotFound(id);

    public Task<Page<User>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken) =>
        users.ListAsync(search, page, cancellationToken);

    /// <param name="at">When that was so: older than what is known, it changes nothing. Null: by hand, now, whatever is known.</param>
    public Task<Outcome<Saved<User>>> PutAsync(
        LmsId id, UserEdit edit, Precondition precondition, DateTimeOffset? at, CancellationToken cancellationToken) =>
        PutAsync(id, _ => edit, precondition, at, cancellationToken);

    /// <param name="edit">From what is known of the user (null: nothing) to what is wanted, or null: too little is known to create it.</param>
    /// <param name="at">When that was so: older than what is known, it changes nothing. Null: by hand, now, whatever is known.</param>
    public async Task<Outcome<Saved<User>>> PutAsync(
        LmsId id, Func<User?, UserEdit?> edit, Precondition precondition, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        Outcome<Saved<User>>? outcome = null;
        while (outcome is null)
        {
            var former = await users.FindStoredAsync(id, cancellationToken);
            outcome = await TryPutAsync(id, edit, former, precondition, at, cancellationToken);
        }

        await afterwards.CatchUpAsync(id, cancellationToken);
        if (outcome.IsDone(out var saved, out _) && saved.Created)
        {
            await arrivals.AnnounceAsync(id, cancellationToken);
        }

        return outcome;
    }

    /// <summary>By hand. Awards and history stay.</summary>
    public async Task<Outcome<User>> DeactivateAsync(LmsId id, Precondition precondition, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await users.FindStoredAsync(id, cancellationToken) is not { } former)
            {
                return DirectoryRejections.UserNotFound(id);
            }

            if (!precondition.Holds(former.User.Version))
            {
                return Rejection.VersionConflict();
            }

            var next = former.User.Deactivated(time.GetUtcNow());
            if (await users.TryWriteAsync(next, former.Claim, former, cancellationToken))
            {
                return next;
            }
        }
    }

    /// <summary>
    /// The LMS deleted the user: it is deactivated. Of a user that is not known here, or not yet, that much is remembered, so that older
    /// news of it does not bring it to life.
    /// </summary>
    /// <returns>Whether anybody was deactivated.</returns>
    public async Task<bool> DeleteAsync(LmsId id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var remembered = false;
        while (true)
        {
            if (await users.FindStoredAsync(id, cancellationToken) is not { } former)
            {
                if (remembered)
                {
                    return false;
                }

                await users.RememberDeletionAsync(id, at, cancellationToken);
                remembered = true;
                continue;
            }

            var now = time.GetUtcNow();
            var next = former.User.DeletedBy(EventTime.Of(at, now), now);
            if (next == former.User || await users.TryWriteAsync(next, former.Claim, former, cancellationToken))
            {
                return former.User.Active && !next.Active;
            }
        }
    }

    /// <summary>For the sweeper: finishes renames and moves that a crash cut short.</summary>
    /// <returns>How many there were.</returns>
    public Task<int> RepairRenamesAsync(CancellationToken cancellationToken) => afterwards.RepairAsync(cancellationToken);

    /// <returns>Null when another writer came first.</returns>
    private async Task<Outcome<Saved<User>>?> TryPutAsync(
        LmsId id,
        Func<User?, UserEdit?> edit,
        StoredUser? former,
        Precondition precondition,
        DateTimeOffset? at,
        CancellationToken cancellationToken)
    {
        if (edit(former?.User) is not { } wanted)
        {
            return DirectoryRejections.UserNotFound(id);
        }

        if (!await ExistsAsync(wanted.BranchId, cancellationToken))
        {
            return DirectoryRejections.UnknownBranch("branchId");
        }

        if (!precondition.Holds(former?.User.Version))
        {
            return Rejection.VersionConflict();
        }

        var now = time.GetUtcNow();
        var when = EventTime.Of(at, now);
        if (former is null)
        {
            var deletion = await users.FindDeletionAsync(id, cancellationToken);
            return await TryChangeAsync(wanted.Create(id, deletion.At, when, now), null, deletion, now, cancellationToken);
        }

        var next = wanted.Apply(former.User, when, now);
        return next.LooksLike(former.User)
            ? await TryTouchAsync(next, former, cancellationToken)
            : await TryChangeAsync(next, former, null, now, cancellationToken);
    }

    /// <summary>Remembers the time of an event that changed nothing else, so that one between that and the last change loses.</summary>
    /// <returns>Null when another writer came first.</returns>
    private async Task<Outcome<Saved<User>>?> TryTouchAsync(User next, StoredUser former, CancellationToken cancellationToken) =>
        next == former.User || await users.TryWriteAsync(next, former.Claim, former, cancellationToken)
            ? (Outcome<Saved<User>>)new Saved<User>(next, Created: false, Changed: false)
            : null;

    /// <returns>Null when another writer came first.</returns>
    private async Task<Outcome<Saved<User>>?> TryChangeAsync(
        User next, StoredUser? former, UserDeletion? deletion, DateTimeOffset now, CancellationToken cancellationToken)
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
            await followUps.AddAsync(followUp, cancellationToken);
            if (!await TryJoinAsync(next, cancellationToken))
            {
                await afterwards.FinishAsync(followUp, cancellationToken);
                await (keepsUsername ? Task.CompletedTask : claims.ReleaseAsync(claim, next.Id, cancellationToken));
                return DirectoryRejections.UnknownBranch("branchId");
            }
        }

        var written = time.GetUtcNow() - now < Haste && await (former is null
            ? users.TryCreateAsync(next, claim, deletion!, cancellationToken)
            : users.TryWriteAsync(next, claim, former, cancellationToken));
        if (written && former is not null && !keepsUsername)
        {
            await claims.ReleaseAsync(former.Claim, next.Id, cancellationToken);
        }

        await (followUp is null ? Task.CompletedTask : afterwards.FinishAsync(followUp, cancellationToken));
        return written ? (Outcome<Saved<User>>)new Saved<User>(next, Created: former is null, Changed: true) : null;
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
            await members.AddAsync(MemberSource.Branch(branch), user.Id, EventTime.ByHand(user.UpdatedAt), cancellationToken);
        }

        return await ExistsAsync(user.BranchId, cancellationToken);
    }

    private async Task<bool> ExistsAsync(LmsId? branchId, CancellationToken cancellationToken) =>
        branchId is null || await branches.FindAsync(branchId, cancellationToken) is not null;
}
