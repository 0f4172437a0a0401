using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Completions;

/// <summary>
/// Keeps who completed what, and when, whether or not a certification lists it. What a completion has been used for is noted by
/// <see cref="IAwardStore"/>, together with the award.
/// </summary>
public interface ICompletionStore
{
    /// <summary>Keeps a completion unless it is kept already: the message that told of it first stays.</summary>
    /// <returns>The certifications that it has been used for so far.</returns>
    Task<IReadOnlySet<CertificationCode>> KeepAsync(Completion completion, Provenance provenance, CancellationToken cancellationToken);

    /// <summary>Those of the given completions that have been used for a certification. Costs few reads when they lie close together.</summary>
    /// <param name="completions">By users of <paramref name="shard"/>.</param>
    Task<IReadOnlySet<Completion>> FindUsedAsync(
        CertificationCode code, Shard shard, IReadOnlyList<Completion> completions, CancellationToken cancellationToken);

    /// <summary>The same, only those that a job has used.</summary>
    Task<IReadOnlySet<Completion>> FindUsedByAsync(
        JobId job, CertificationCode code, Shard shard, IReadOnlyList<Completion> completions, CancellationToken cancellationToken);

    /// <summary>
    /// The completions of an activity by users of a shard, each with whether it has been used for a certification: in the order of users
    /// (ordinal), then of days. Read as they are asked for.
    /// </summary>
    /// <param name="after">Only by users behind this one; null: by all. Costs nothing for those before.</param>
    IAsyncEnumerable<KeptCompletion> ReadAsync(
        Activity activity, CertificationCode code, Shard shard, LmsId? after, int pageSize, CancellationToken cancellationToken);
}

/// <param name="Used">It has been used for the certification that was asked about.</param>
public sealed record KeptCompletion(Completion Completion, bool Used);
