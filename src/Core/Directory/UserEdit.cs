namespace CertFunctions.Core.Directory;

/// <summary>A user as a caller, a file or an event defines it.</summary>
/// <param name="Active">Null: as before; a new user is active.</param>
public sealed record UserEdit(string Username, string FirstName, string LastName, string? Email, LmsId? BranchId, bool? Active)
{
    /// <summary>Whether with <see cref="Active"/> null a user whom the LMS had deleted is active again: the news that it exists.</summary>
    public bool EndsDeletion { get; init; }

    /// <summary>Whether the user is already as this wants it.</summary>
    public bool IsSaidBy(User user) => this with { EndsDeletion = false } == new UserEdit(
        user.Username, user.FirstName, user.LastName, user.Email, user.BranchId, Active is null ? null : user.Active);

    /// <param name="deletedAt">When the LMS deleted the user before it was known here; null: never.</param>
    /// <param name="now">Of this write, whenever the event was.</param>
    public User Create(LmsId id, DateTimeOffset? deletedAt, EventTime when, DateTimeOffset now)
    {
        var deleted = when.IsOlderThan(deletedAt);
        return new User
        {
            Id = id,
            Username = Username,
            FirstName = FirstName,
            LastName = LastName,
            Email = Email,
            BranchId = BranchId,
            Active = !deleted && (Active ?? true),
            Deleted = deleted,
            CreatedAt = now,
            UpdatedAt = now,
            ChangedAt = when.At,
            ActiveAt = deleted ? deletedAt : when.At,
            Version = 1,
        };
    }

    /// <returns>The former user itself when nothing changes, not even the time of its newest event.</returns>
    public User Apply(User former, EventTime when, DateTimeOffset now)
    {
        if (when.IsOlderThan(former.LastEventAt))
        {
            return former;
        }

        var next = former with
        {
            Username = Username,
            FirstName = FirstName,
            LastName = LastName,
            Email = Email,
            BranchId = BranchId,
            ChangedAt = when.At,
        };
        return (when.IsOlderThan(former.LastActiveEventAt) ? next : WithActive(next, when)).Since(former, now);
    }

    private User WithActive(User user, EventTime when)
    {
        var active = Active ?? (user.Active || (user.Deleted && EndsDeletion));
        return user with { Active = active, Deleted = !active && user.Deleted && Active is null, ActiveAt = when.At };
    }
}
