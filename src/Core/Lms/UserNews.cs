using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Lms;

/// <summary>What the LMS says of a user. Null is what it does not say: that stays as it was.</summary>
public sealed record UserNews
{
    public string? Username { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    /// <summary>Whether <see cref="Email"/> is news, also when null.</summary>
    public bool SaysEmail { get; init; }

    public string? Email { get; init; }

    /// <summary>Whether <see cref="BranchId"/> is news, also when null.</summary>
    public bool SaysBranch { get; init; }

    public LmsId? BranchId { get; init; }

    /// <summary>For a branch that has no name yet.</summary>
    public string? BranchName { get; init; }

    public bool? Active { get; init; }

    /// <summary>Whether it is all that there is to say, so that what is missing is empty rather than unknown.</summary>
    public bool IsComplete { get; init; }

    /// <returns>Null: too little to create a user from.</returns>
    public UserEdit? ToEdit(User? former)
    {
        var username = Username ?? former?.Username;
        var firstName = FirstName ?? former?.FirstName ?? (IsComplete ? "" : null);
        var lastName = LastName ?? former?.LastName ?? (IsComplete ? "" : null);
        return username is null || firstName is null || lastName is null
            ? null
            : new UserEdit(username, firstName, lastName, SaysEmail ? Email : former?.Email, SaysBranch ? BranchId : former?.BranchId, Active)
            {
                EndsDeletion = true,
            };
    }
}
