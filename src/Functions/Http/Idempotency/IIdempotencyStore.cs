namespace CertFunctions.Functions.Http.Idempotency;

/// <summary>Keeps what became of requests with an Idempotency-Key. A write of a stale revision is refused, never merged.</summary>
public interface IIdempotencyStore
{
    /// <summary>Always as it stands now.</summary>
    Task<StoredIdempotentRequest?> FindAsync(string id, CancellationToken cancellationToken);

    /// <returns>The row's revision; null when there is a row with this id already (it may be this very one, after a retry).</returns>
    Task<string?> TryAddAsync(IdempotentRequest request, CancellationToken cancellationToken);

    /// <returns>The row's new revision; null when it changed since <paramref name="revision"/> was read (it may be this very change, after a retry).</returns>
    Task<string?> TryReplaceAsync(IdempotentRequest request, string revision, CancellationToken cancellationToken);

    /// <returns>False when the row changed since <paramref name="revision"/> was read, or is gone.</returns>
    Task<bool> TryDeleteAsync(string id, string revision, CancellationToken cancellationToken);

    /// <summary>Deletes what was made before then, unless somebody changes it meanwhile. Reads the whole table: not for a caller who waits.</summary>
    /// <returns>How many there were.</returns>
    Task<int> PurgeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <param name="Revision">Names this state of the stored row.</param>
public sealed record StoredIdempotentRequest(IdempotentRequest Request, string Revision);
