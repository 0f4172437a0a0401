namespace CertFunctions.Core.Directory;

/// <summary>What somebody says of a user.</summary>
/// <param name="Next">
/// From what is stored, the time of what is said and the time of the write to the user as it is then: the former one itself where nothing changes;
/// null: too little is known to create it.
/// </param>
/// <param name="Precondition">What else must be so.</param>
public sealed record UserPut(LmsId Id, Func<StoredUser, EventTime, DateTimeOffset, User?> Next, Precondition Precondition)
{
    /// <param name="edit">From what is known of it (null: nothing) to what is wanted; null: nothing can be wanted of a user that is not known.</param>
    public static UserPut Edit(LmsId id, Func<User?, UserEdit?> edit, Precondition precondition) => new(
        id,
        (stored, when, now) => edit(stored.User) is not { } wanted ? null
            : stored.User is null ? wanted.Create(id, stored.DeletedAt, when, now)
            : wanted.Apply(stored.User, when, now),
        precondition);

    /// <summary>By hand: it is deactivated. Awards and history stay.</summary>
    public static UserPut Deactivation(LmsId id, Precondition precondition) => new(id, (stored, _, now) => stored.User?.Deactivated(now), precondition);

    /// <summary>The LMS no longer has it: it is deactivated, unless there is later news of it.</summary>
    public static UserPut Deletion(LmsId id) => new(id, (stored, when, now) => stored.User?.DeletedBy(when, now), Precondition.None);
}
