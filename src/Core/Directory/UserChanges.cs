namespace CertFunctions.Core.Directory;

/// <summary>How users change by deletion and deactivation, and what counts as a change.</summary>
internal static class UserChanges
{
    /// <summary>By hand: only by hand is such a user active again.</summary>
    public static User Deactivated(this User user, DateTimeOffset now) =>
        (user with { Active = false, Deleted = false, ActiveAt = now }).Since(user, now);

    /// <returns>The user itself when the deletion is older than what is known.</returns>
    public static User DeletedBy(this User user, EventTime when, DateTimeOffset now) => when.IsOlderThan(user.LastActiveEventAt)
        ? user
        : (user with { Active = false, Deleted = user.Active || user.Deleted, ActiveAt = when.At }).Since(user, now);

    /// <summary>Whether anybody sees a difference: the times of events are not seen.</summary>
    public static bool LooksLike(this User user, User other) => user == (other with
    {
        UpdatedAt = user.UpdatedAt,
        ChangedAt = user.ChangedAt,
        ActiveAt = user.ActiveAt,
        Deleted = user.Deleted,
        Version = user.Version,
    });

    /// <summary>With a new version where it differs.</summary>
    public static User Since(this User next, User former, DateTimeOffset now)
    {
        var kept = next with { ChangedAt = next.LastEventAt, ActiveAt = next.LastActiveEventAt };
        return next.LooksLike(former) ? kept : kept with { UpdatedAt = now, Version = former.Version + 1 };
    }
}
