using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Awarding.Undoing;

/// <summary>Decides what undoing a job does to one award. Pure.</summary>
public static class UndoRules
{
    /// <param name="version">That the job wrote.</param>
    /// <param name="since">The versions of the award from that one on, the latest last.</param>
    /// <param name="former">The version before it; null: it was the first.</param>
    /// <param name="isOurs">Whether a version was written by the job that is undone, or by the one that undoes it.</param>
    public static Decision Decide(int version, IReadOnlyList<Award> since, Award? former, Func<Award, bool> isOurs, Provenance provenance, string? reason)
    {
        if (since is not [.., var latest])
        {
            return ChangedSince();
        }

        // Only an undo puts a version back: if it is one from before, whoever did that took this one back.
        if (latest.Version > version && latest.Restores < version)
        {
            return Decision.Skip(ErrorCode.AlreadyDone, "What the job did here was undone before.");
        }

        return since.Skip(1).All(isOurs) ? PutBack(version - 1, former, latest, provenance.NotBefore(latest), reason) : ChangedSince();
    }

    private static Decision PutBack(int version, Award? former, Award latest, Provenance provenance, string? reason)
    {
        var isHeld = former is { Held: true };
        var after = (former ?? latest with { Held = false, EndedOn = null }) with
        {
            Version = latest.Version + 1,
            Restores = version,
            Change = provenance.Change(isHeld ? AwardChangeType.Restored : AwardChangeType.Revoked, reason),
        };
        return Decision.Write((latest.Held, isHeld) switch
        {
            (true, false) => ChangeOutcome.Revoked,
            (false, true) => ChangeOutcome.Awarded,
            _ => ChangeOutcome.Updated,
        }, after);
    }

    private static Decision ChangedSince() => Decision.Skip(ErrorCode.ChangedSince, "Somebody has changed the award since.");
}
