using CertFunctions.Core;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Idempotency;

/// <summary>
/// Runs a POST once for each Idempotency-Key. A row with a reserved id is written first: whoever takes over from a crashed attempt
/// gets the same id, so that creating something under it again changes nothing.
/// </summary>
public sealed class IdempotentPosts(IIdempotencyStore store, TimeProvider time)
{
    /// <summary>An attempt that has not shown itself for so long counts as crashed.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    /// <summary>An answer with a larger body is made again, under the same id, rather than kept.</summary>
    public const int MaxKeptBody = 14 * 64 * 1024;

    /// <param name="input">The request, already found free of errors.</param>
    /// <param name="reserve">Makes the id; called once for each key.</param>
    /// <param name="run">Carries the request out under the id. Only an <see cref="Answer"/> of 2xx is kept.</param>
    public Task<IResult> RunAsync(
        HttpInput input, Func<string> reserve, Func<ReservedId, Task<IResult>> run, CancellationToken cancellationToken) =>
        RunAsync(input, IdempotencyKey.Hash(input.Bytes.Span), reserve, run, cancellationToken);

    /// <summary>The same for a body that was not kept in memory.</summary>
    /// <param name="bodyHash">SHA-256 of the body, hex.</param>
    public async Task<IResult> RunAsync(
        HttpInput input, string bodyHash, Func<string> reserve, Func<ReservedId, Task<IResult>> run, CancellationToken cancellationToken)
    {
        var header = input.Request.Headers[IdempotencyKey.Header];
        if (header.Count == 0)
        {
            return await run(new ReservedId(reserve(), IsNew: true));
        }

        if (header.Count > 1 || !IdempotencyKey.TryParse(header[0], out var key))
        {
            return Problem.Of(Rejection.Invalid(ErrorCode.InvalidRequest, IdempotencyKey.Header, IdempotencyKey.Rule));
        }

        var request = New(IdempotencyKey.InScope(key, input), bodyHash, reserve());
        return await ClaimAsync(request, cancellationToken) switch
        {
            { Problem: { } problem } => problem,
            { Mine.Request.Answer: { } answer } => new ReplayedAnswer(answer),
            { Mine: var mine } => await RunAsync(mine!, isNew: mine!.Request.ReservedId == request.ReservedId, run),
        };
    }

    private IdempotentRequest New(string id, string bodyHash, string reservedId) => new()
    {
        Id = id,
        BodyHash = bodyHash,
        ReservedId = reservedId,
        Attempt = Guid.NewGuid().ToString("n"),
        CreatedAt = time.GetUtcNow(),
        LeaseUntil = time.GetUtcNow() + Lease,
    };

    /// <returns>The row to work on, or one that has its answer; or why neither is possible.</returns>
    private async Task<(StoredIdempotentRequest? Mine, Problem? Problem)> ClaimAsync(IdempotentRequest request, CancellationToken cancellationToken)
    {
        if (await store.TryAddAsync(request, cancellationToken) is { } revision)
        {
            return (new(request, revision), null);
        }

        for (var races = 0; races < 5; races++)
        {
            var found = await store.FindAsync(request.Id, cancellationToken);
            if (found?.Request.Attempt == request.Attempt)
            {
                return (found, null);
            }

            if (found is not null && Judge(found.Request, request) is { } verdict)
            {
                return verdict.Answer is null ? (null, verdict.Problem) : (found, null);
            }

            var mine = found is null || IsForgotten(found.Request) ? request : TakenOver(found.Request, request);
            var written = found is null
                ? await store.TryAddAsync(mine, cancellationToken)
                : await store.TryReplaceAsync(mine, found.Revision, cancellationToken);
            if (written is not null)
            {
                return (new(mine, written), null);
            }
        }

        return (null, Problem.IdempotencyKeyInProgress(Lease));
    }

    /// <returns>Null when the row is free to be taken.</returns>
    private (Answer? Answer, Problem? Problem)? Judge(IdempotentRequest found, IdempotentRequest request)
    {
        if (IsForgotten(found))
        {
            return null;
        }

        if (found.BodyHash != request.BodyHash)
        {
            return (null, Problem.Of(Rejection.Unprocessable(ErrorCode.IdempotencyKeyReused, "This Idempotency-Key came before with another body.")));
        }

        var rest = found.LeaseUntil - time.GetUtcNow();
        return found.Answer is not null ? (found.Answer, null)
            : rest > TimeSpan.Zero ? (null, Problem.IdempotencyKeyInProgress(rest))
            : null;
    }

    private bool IsForgotten(IdempotentRequest request) => time.GetUtcNow() >= request.CreatedAt + Limits.IdempotencyKept;

    private static IdempotentRequest TakenOver(IdempotentRequest found, IdempotentRequest request) =>
        found with { Attempt = request.Attempt, LeaseUntil = request.LeaseUntil };

    private async Task<IResult> RunAsync(StoredIdempotentRequest mine, bool isNew, Func<ReservedId, Task<IResult>> run)
    {
        using var lease = new IdempotencyLease(store, time, mine, Lease);
        var hasResult = false;
        try
        {
            var result = await run(new ReservedId(mine.Request.ReservedId, isNew));
            hasResult = true;
            await lease.EndAsync(result as Answer, mayForget: result is not Answer);
            return result;
        }
        finally
        {
            if (!hasResult)
            {
                // What was done is unknown. The next attempt may go on at once, under the same id.
                await lease.EndAsync(null, mayForget: false);
            }
        }
    }
}

/// <summary>The id under which a request is carried out.</summary>
/// <param name="IsNew">No earlier attempt of the request can have begun anything under it.</param>
public sealed record ReservedId(string Value, bool IsNew);
