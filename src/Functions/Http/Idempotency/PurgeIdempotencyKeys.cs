using CertFunctions.Core;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Http.Idempotency;

/// <summary>Once a night, forgets the first answers that no longer count.</summary>
public sealed class PurgeIdempotencyKeys(IIdempotencyStore store, TimeProvider time)
{
    /// <summary>Longer than a key counts, so that no request that is still running loses its row.</summary>
    public static readonly TimeSpan Age = Limits.IdempotencyKept + TimeSpan.FromDays(1);

    [Function(nameof(PurgeIdempotencyKeys))]
    public Task Run([TimerTrigger("0 15 3 * * *")] TimerInfo timer, CancellationToken cancellationToken) =>
        store.PurgeAsync(time.GetUtcNow() - Age, cancellationToken);
}
