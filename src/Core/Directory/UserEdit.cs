namespace CertFunctions.Core.Directory;

/// <summary>A user as a caller defines it.</summary>
/// <param name="Active">Null: as before; a new user is active.</param>
public sealed record UserEdit(string Username, string FirstName, string LastName, string? Email, LmsId? BranchId, bool? Active)
{
    /// <returns>The former user itself when nothing changes.</returns>
    public User Apply(LmsId id, User? former, DateTimeOffset now)
    {
        var next = new User
        {
            Id = id,
            Username = Username,
            FirstName = FirstName,
            LastName = LastName,
            Email = Email,
            BranchId = BranchId,
            Active = Active ?? former?.Active ?? true,
            CreatedAt = former?.CreatedAt ?? now,
            UpdatedAt = former?.UpdatedAt ?? now,
            ChangedAt = former?.ChangedAt,
            Version = former?.Version ?? 1,
        };
        return former is null || next == former ? next : next with { UpdatedAt = now, ChangedAt = now, Version = former.Version + 1 };
    }
}
