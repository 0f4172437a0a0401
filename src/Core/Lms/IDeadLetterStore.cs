using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Lms;

/// <summary>Keeps the dead letters, and which of them wait for which user: both change at once.</summary>
public interface IDeadLetterStore
{
    /// <summary>One that is there stays as it is.</summary>
    Task AddAsync(DeadLetter letter, CancellationToken cancellationToken);

    Task<StoredDeadLetter?> FindAsync(DeadLetterId id, CancellationToken cancellationToken);

    /// <returns>False when it changed since, or is gone.</returns>
    Task<bool> TryReplaceAsync(DeadLetter letter, StoredDeadLetter former, CancellationToken cancellationToken);

    /// <param name="entry">What the audit is to say of it, stored with it or not at all; null: nothing.</param>
    /// <returns>False when it changed since, or is gone.</returns>
    Task<bool> TryRemoveAsync(StoredDeadLetter former, AuditEntry? entry, CancellationToken cancellationToken);

    /// <summary>Newest message first.</summary>
    Task<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>Whether there is one whose message came before then.</summary>
    Task<bool> AnyBeforeAsync(DateTimeOffset time, CancellationToken cancellationToken);

    /// <summary>Those that wait for a user.</summary>
    IAsyncEnumerable<DeadLetterId> ReadWaitingAsync(LmsId userId, CancellationToken cancellationToken);

    /// <summary>Those of the given users that a letter waits for. Costs one read while few letters wait, else one a user.</summary>
    /// <param name="userIds">In ordinal order, at least one.</param>
    Task<IReadOnlyList<LmsId>> FindAwaitedAsync(IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken);

    /// <summary>Each user that is waited for, once, in ordinal order.</summary>
    IAsyncEnumerable<LmsId> ReadAwaitedAsync(CancellationToken cancellationToken);

    /// <summary>The users that letters wait for whose message came since then, perhaps more than once. Reads those letters alone.</summary>
    IAsyncEnumerable<LmsId> ReadAwaitedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken);
}
