using Azure;
using CertFunctions.Core;
using CertFunctions.Functions.Http.Answers;

namespace CertFunctions.Functions.Http.Idempotency;

/// <summary>Shows that an attempt is alive, as long as it is; then writes down what came of it.</summary>
internal sealed class IdempotencyLease : IDisposable
{
    private readonly CancellationTokenSource ended = new();
    private readonly CancellationTokenSource patience;
    private readonly IIdempotencyStore store;
    private readonly TimeProvider time;
    private readonly TimeSpan lease;
    private readonly Task renewing;
    private StoredIdempotentRequest mine;
    private bool isLost;

    public IdempotencyLease(IIdempotencyStore store, TimeProvider time, StoredIdempotentRequest mine, TimeSpan lease)
    {
        (this.store, this.time, this.mine, this.lease) = (store, time, mine, lease);
        patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        renewing = RenewAsync();
    }

    public void Dispose()
    {
        ended.Dispose();
        patience.Dispose();
    }

    /// <summary>
    /// Keeps the answer; without one deletes the row, or leaves it to the next attempt. Not bound to the caller, who may have hung up and ask again.
    /// When the storage fails here the request is done all the same, and the row is taken over when its lease ends.
    /// </summary>
    public async Task EndAsync(Answer? answer, bool mayForget)
    {
        patience.CancelAfter(Limits.TimeToKeepAnswer);
        await ended.CancelAsync();
        await renewing;
        try
        {
            if (mayForget)
            {
                await ForgetAsync(patience.Token);
                return;
            }

            var kept = answer?.Body is { Length: > IdempotentPosts.MaxKeptBody } ? null : answer;
            await ReplaceAsync(mine.Request with { Answer = kept, LeaseUntil = time.GetUtcNow() }, patience.Token);
        }
        catch (Exception e) when (e is RequestFailedException || StorageFault.IsTrouble(e))
        {
        }
    }

    private async Task ForgetAsync(CancellationToken cancellationToken)
    {
        if (!await store.TryDeleteAsync(mine.Request.Id, mine.Revision, cancellationToken)
            && await store.FindAsync(mine.Request.Id, cancellationToken) is { } found
            && found.Request.Attempt == mine.Request.Attempt)
        {
            // A renewal of ours succeeded unheard.
            await store.TryDeleteAsync(found.Request.Id, found.Revision, cancellationToken);
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
            // Not cancelled by the end alone: the revision that it writes is needed then.
            await ReplaceAsync(mine.Request with { LeaseUntil = time.GetUtcNow() + lease }, patience.Token);
        }
        catch (Exception e) when (e is RequestFailedException || StorageFault.IsTrouble(e, patience.Token))
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
