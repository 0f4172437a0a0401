namespace CertFunctions.Core.Directory;

/// <summary>A node of the organisation's tree.</summary>
public sealed record Branch
{
    public required LmsId Id { get; init; }

    public required string Name { get; init; }

    /// <summary>Null: a root.</summary>
    public LmsId? ParentId { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required int Version { get; init; }
}
