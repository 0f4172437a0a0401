namespace CertFunctions.Core.Directory;

/// <summary>Brings about what follows a change of a user. Everything it does may be done again, and in any order.</summary>
public sealed class UserFollowUpService(
    IUserStore users, IUserFollowUps followUps, IMemberStore members, IAwardProjection awards, TimeProvider time)
{
    /// <summary>A follow-up older than this belongs to no writer at work any more.</summary>
    public static readonly TimeSpan Abandoned = UsernameClaim.Lease;

    /// <summary>
    /// What earlier writers of this user left undone. The rows of those who may still be at work stay: not all of them change the user.
    /// </summary>
    public async Task CatchUpAsync(LmsId userId, CancellationToken cancellationToken)
    {
        foreach (var followUp in await followUps.ReadAsync(userId, cancellationToken))
        {
            if (!await followUps.TryTakeAsync(followUp, cancellationToken))
            {
                continue;
            }

            await CarryOutAsync(followUp, cancellationToken);
            if (time.GetUtcNow() - followUp.AddedAt > Abandoned)
            {
                await followUps.RemoveAsync(followUp, cancellationToken);
            }
        }
    }

    /// <summary>Finishes what crashed writers left undone, of all users.</summary>
    /// <returns>How many there were.</returns>
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
            if (!await followUps.TryTakeAsync(followUp, cancellationToken))
            {
                return 0;
            }

            await FinishAsync(followUp, cancellationToken);
            return 1;
        }
    }

    /// <summary>For whoever added it, or has taken it.</summary>
    public async Task FinishAsync(UserFollowUp followUp, CancellationToken cancellationToken)
    {
        await CarryOutAsync(followUp, cancellationToken);
        await followUps.RemoveAsync(followUp, cancellationToken);
    }

    /// <summary>Goes by the user row, and again if that changed meanwhile: of two writers the slower one must not have the last word.</summary>
    private async Task CarryOutAsync(UserFollowUp followUp, CancellationToken cancellationToken)
    {
        var after = await users.FindAsync(followUp.UserId, cancellationToken);
        User? before;
        var attempts = new Attempts();
        do
        {
            attempts.Next();
            before = after;
            await SettleBranchesAsync(followUp, before, cancellationToken);
            if (followUp.Renamed && before is not null)
            {
                await awards.RenameAsync(before.Id, before.Name, cancellationToken);
            }

            after = await users.FindAsync(followUp.UserId, cancellationToken);
        }
        while (after?.BranchId != before?.BranchId || after?.Name != before?.Name);
    }

    private async Task SettleBranchesAsync(UserFollowUp followUp, User? user, CancellationToken cancellationToken)
    {
        // The user row has the last word, whatever the clocks of its writers said.
        var at = EventTime.ByHand(user?.UpdatedAt ?? followUp.AddedAt);
        foreach (var branch in followUp.Branches)
        {
            await (user?.BranchId == branch
                ? members.AddAsync(MemberSource.Branch(branch), followUp.UserId, at, entry: null, cancellationToken)
                : members.RemoveAsync(MemberSource.Branch(branch), followUp.UserId, at, entry: null, cancellationToken));
        }
    }
}
