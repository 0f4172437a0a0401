namespace CertFunctions.Core.Directory;

/// <summary>A training activity outside the learning platform.</summary>
public sealed record ExternalTraining
{
    public required LmsId Id { get; init; }

    public required string Title { get; init; }

    /// <summary>False: an event made it known without a title, and its id stands in for one.</summary>
    public bool IsTitled { get; init; } = true;

    public string? Provider { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required int Version { get; init; }
}
