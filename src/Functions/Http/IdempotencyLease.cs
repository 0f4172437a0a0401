
namespace CertFunctions.Functions.Http;

/// <summary>Shows that an attempt is alive, as long as it is; then writes down what came of it.</summary>
internal sealed class IdempotencyLease : IDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly IIdempotencyStore store;
    private readonly TimeProvider time;
    private readonly TimeSpan lease;
    private readonly Task renewing;
    private StoredIdempotentRequest mine;
    private bool isLost;

    public IdempotencyLease(IIdempotencyStore store, TimeProvider time, StoredIdempotentRequest mine, TimeSpan lease)
    {
        (this.store, this.time, this.mine, this.lease) = (store, time, mine, lease);
        renewing = RenewAsync();
    }

    public void Dispose() => ended.Dispose();

    /// <summary>
    /// Keeps the answer; without one deletes the row, or leaves it to the next attempt. When the storage fails here the request is done
    /// all the same, and the row is taken over when its lease ends.
    /// </summary>
    public async Task EndAsync(Answer? answer, bool mayForget, CancellationToken cancellationToken)
    {
        await ended.CancelAsync();
        await renewing;
        try
        {
            if (mayForget)
            {
                await store.DeleteAsync(mine.Request.Id, mine.Revision, cancellationToken);
                return;
            }

            var kept = answer?.Body is { Length: > Idempotency.MaxKeptBody } ? null : answer;
            await ReplaceAsync(mine.Request with { Answer = kept, LeaseUntil = time.GetUtcNow() }, cancellationToken);
        }
        catch (Exception e) when (e.IsStorageTrouble() || e is OperationCanceledException)
        {
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            while (!isLost)
            {
                await Task.Delay(lease / 3, time, ended.Token);
                await RenewOnceAsync();
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task RenewOnceAsync()
    {
        try
        {
            // Not cancelled half-way: the revision that it writes is needed at the end.
            await ReplaceAsync(mine.Request with { LeaseUntil = time.GetUtcNow() + lease }, CancellationToken.None);
        }
        catch (Exception e) when (e.IsStorageTrouble())
        {
            // Tried again at the next turn: the lease lasts for three.
        }
    }

    private async Task ReplaceAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        var revision = await store.TryReplaceAsync(request, mine.Revision, cancellationToken);
        if (revision is null && await store.FindAsync(request.Id, cancellationToken) is { } found && found.Request.Attempt == request.Attempt)
        {
            // An earlier write of ours succeeded unheard.
            mine = found;
            revision = await store.TryReplaceAsync(request, found.Revision, cancellationToken);
        }

        isLost = revision is null;
        mine = revision is null ? mine : new(request, revision);
    }
}
