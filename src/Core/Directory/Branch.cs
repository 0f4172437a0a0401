namespace CertFunctions.Core.Directory;

/// <summary>A node of the organisation's tree.</summary>
public sealed record Branch
{
    public required LmsId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>False: an event made it known without a name, and its id stands in for one.</summary>
    public bool IsNamed { get; init; } = true;

    /// <summary>Null: a root.</summary>
    public LmsId? ParentId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required int Version { get; init; }

    /// <summary>Somebody is about to remove it if it has no members. Nobody sees that from outside, and whoever joins it calls it off.</summary>
    public bool IsBeingDeleted { get; init; }
}
