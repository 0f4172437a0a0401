using CertFunctions.Functions.Http.Answers;

namespace CertFunctions.Functions.Http.Idempotency;

/// <summary>A request that carries an Idempotency-Key, and what has become of it.</summary>
public sealed record IdempotentRequest
{
    /// <summary>A hash of the key and its scope: caller, method, path and query. Hex.</summary>
    public required string Id { get; init; }

    /// <summary>SHA-256 of the body, hex.</summary>
    public required string BodyHash { get; init; }

    /// <summary>The id that what the request makes will have, whoever finishes it.</summary>
    public required string ReservedId { get; init; }

    /// <summary>Which attempt is working on it.</summary>
    public required string Attempt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when the attempt counts as alive; whoever comes later takes over.</summary>
    public required DateTimeOffset LeaseUntil { get; init; }

    /// <summary>The answer that was given; null while there is none.</summary>
    public Answer? Answer { get; init; }
}
