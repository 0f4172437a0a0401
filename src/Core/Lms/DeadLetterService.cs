using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Lms;

/// <summary>What callers do with dead letters, and what becomes of those that wait.</summary>
public sealed class DeadLetterService(IDeadLetterStore letters, ElementService elements, IUserStore users, TimeProvider time)
{
    /// <summary>Of messages that came so long ago the letters have long been written.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);

    /// <param name="errorCode">Only those that failed with this code; null: all.</param>
    /// <param name="event">Only those of this event; null: all.</param>
    public async Task<Page<DeadLetter>> ListAsync(string? errorCode, string? @event, PageRequest page, CancellationToken cancellationToken)
    {
        var found = await letters.ListAsync(page, cancellationToken);
        return found with
        {
            Items = [.. found.Items.Where(letter =>
                (errorCode is null || letter.Code == errorCode) && (@event is null || letter.Element.Event == @event))],
        };
    }

    /// <summary>Gives a letter up for good; the message that it came in stays kept. One that is gone by the time is none the less done.</summary>
    public async Task<Outcome<Change<DeadLetter>>> DismissAsync(DeadLetterId id, Actor by, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(id, cancellationToken) is not { } asked)
        {
            return NotFound(id);
        }

        for (var stored = asked; stored is not null; stored = await letters.FindAsync(id, cancellationToken))
        {
            if (await letters.TryRemoveAsync(stored, EntryOf(stored.Letter, "dismissed", by), cancellationToken))
            {
                break;
            }
        }

        return new Change<DeadLetter>(asked.Letter, null);
    }

    /// <param name="by">Who asked for it; null: nobody, what it waited for has come.</param>
    public async Task<Outcome<Replayed>> ReplayAsync(DeadLetterId id, Actor? by, CancellationToken cancellationToken)
    {
        if (await letters.FindAsync(id, cancellationToken) is not { } stored)
        {
            return NotFound(id);
        }

        var attempts = new Attempts();
        while (true)
        {
            attempts.Next();
            var failed = await elements.ApplyAsync(stored.Letter.Element, cancellationToken) as ElementResult.Failed;
            var next = failed is null ? null : DeadLetter.Of(stored.Letter.Element, failed, stored.Letter.Attempts + 1, time.GetUtcNow());
            if (await (next is null
                ? letters.TryRemoveAsync(stored, by is null ? null : EntryOf(stored.Letter, "replayed", by), cancellationToken)
                : letters.TryReplaceAsync(next, stored, cancellationToken)))
            {
                return new Replayed(id, next);
            }

            // Somebody else replayed it meanwhile, and applied it if it is gone.
            if (await letters.FindAsync(id, cancellationToken) is not { } changed)
            {
                return new Replayed(id, null);
            }

            stored = changed;
        }
    }

    /// <summary>The user exists now: what waits for it is replayed.</summary>
    /// <returns>How many were applied.</returns>
    public async Task<int> ReleaseAsync(LmsId userId, CancellationToken cancellationToken)
    {
        var applied = 0;
        var each = new EachByItself();
        await foreach (var id in letters.ReadWaitingAsync(userId, cancellationToken))
        {
            var outcome = await each.TryAsync($"dead letter {id}", () => ReplayAsync(id, by: null, cancellationToken), cancellationToken);
            applied += outcome is not null && outcome.IsDone(out var replayed, out _) && replayed.Letter is null ? 1 : 0;
        }

        each.ThrowIfAnyFailed();
        return applied;
    }

    /// <summary>
    /// For the timer of every hour: whoever appeared when a crash cut its announcement short. What waits may wait for ever, so it is not
    /// looked at more often.
    /// </summary>
    /// <returns>How many letters were applied.</returns>
    public Task<int> ReleaseAllAsync(CancellationToken cancellationToken) =>
        ReleaseAsync(letters.ReadAwaitedAsync(cancellationToken), cancellationToken);

    /// <summary>
    /// For the timer of every minute: whoever appeared while a letter that waits for it was being written. Costs what came of late, not
    /// what waits.
    /// </summary>
    /// <returns>How many letters were applied.</returns>
    public Task<int> ReleaseRecentAsync(CancellationToken cancellationToken) =>
        ReleaseAsync(letters.ReadAwaitedSinceAsync(time.GetUtcNow() - Recent, cancellationToken), cancellationToken);

    private async Task<int> ReleaseAsync(IAsyncEnumerable<LmsId> awaited, CancellationToken cancellationToken)
    {
        var applied = 0;
        var each = new EachByItself();
        foreach (var shard in (await awaited.Distinct().ToListAsync(cancellationToken)).GroupBy(Shard.Of))
        {
            foreach (var userId in (await users.FindManyAsync(shard.Key, [.. shard.Order(ShardOrder.Instance)], cancellationToken)).Keys)
            {
                applied += await each.TryAsync($"user {userId}", () => ReleaseAsync(userId, cancellationToken), cancellationToken);
            }
        }

        each.ThrowIfAnyFailed();
        return applied;
    }

    private AuditEntry? EntryOf(DeadLetter letter, string verb, Actor by) =>
        AuditEntry.Of(by, time.GetUtcNow(), $"deadLetter.{verb}", $"webhooks/lms/dead-letters/{letter.Id}", letter, null);

    private static Rejection NotFound(DeadLetterId id) => Rejection.NotFound(ErrorCode.DeadLetterNotFound, $"There is no dead letter {id}.");
}

/// <param name="Letter">Null: it was applied.</param>
public sealed record Replayed(DeadLetterId Id, DeadLetter? Letter);
