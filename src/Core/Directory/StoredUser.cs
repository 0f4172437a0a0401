namespace CertFunctions.Core.Directory;

/// <summary>What is stored of a user, for whoever wants to change it.</summary>
/// <param name="User">Null: it does not exist.</param>
/// <param name="Claim">The claim under which the user has its username; null: it does not exist.</param>
/// <param name="DeletedAt">Of a user that does not exist: when the LMS deleted it; null: nobody said so.</param>
/// <param name="Revision">Names this state of what is stored; null: nothing is.</param>
public sealed record StoredUser(LmsId Id, User? User, UsernameClaim? Claim, DateTimeOffset? DeletedAt, string? Revision)
{
    public static StoredUser Nothing(LmsId id) => new(id, null, null, null, null);
}
