namespace CertFunctions.Core.Directory;

/// <summary>A person of the learning platform.</summary>
public sealed record User
{
    public required LmsId Id { get; init; }

    /// <summary>1-255 characters, unique whatever the case.</summary>
    public required string Username { get; init; }

    public required string FirstName { get; init; }

    public required string LastName { get; init; }

    public string? Email { get; init; }

    public LmsId? BranchId { get; init; }

    /// <summary>A deactivated user keeps awards and history and is refused new awards.</summary>
    public bool Active { get; init; } = true;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When the newest event happened that said who the user is, so that an older one loses; null: at <see cref="UpdatedAt"/>.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>The same for <see cref="Active"/>: a deletion says nothing of the rest; null: at <see cref="ChangedAt"/>.</summary>
    public DateTimeOffset? ActiveAt { get; init; }

    /// <summary>Deactivated because the LMS deleted the user, and active again when the LMS has later news of it.</summary>
    public bool Deleted { get; init; }

    public required int Version { get; init; }

    public DateTimeOffset LastEventAt => ChangedAt ?? UpdatedAt;

    public DateTimeOffset LastActiveEventAt => ActiveAt ?? LastEventAt;

    /// <summary>What a search finds the user by the beginning of: the username, the first name and with it the last, the last name.</summary>
    public IEnumerable<string> SearchedNames =>
        new[] { Username, $"{FirstName} {LastName}".Trim(), LastName }.Where(name => name.Length > 0);

    public ShownUser Shown => new(Username, FirstName, LastName, Active);
}

/// <summary>How a user is shown in lists of awards.</summary>
public sealed record ShownUser(string Username, string FirstName, string LastName, bool Active);
