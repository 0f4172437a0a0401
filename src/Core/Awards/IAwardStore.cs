using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>Keeps awards, the lists made of them, their counts and their history, all in step with each other.</summary>
public interface IAwardStore
{
    /// <summary>The latest version, an unassigned one included.</summary>
    Task<StoredAward?> FindAsync(CertificationCode code, LmsId userId, CancellationToken cancellationToken);

    /// <summary>The same for many users.</summary>
    /// <param name="userIds">All of <paramref name="shard"/>, in ordinal order, without repetition.</param>
    Task<IReadOnlyDictionary<LmsId, StoredAward>> FindManyAsync(
        CertificationCode code, Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken);

    /// <summary>Versions of awards of a shard, superseded ones; few reads where they lie close together.</summary>
    /// <returns>Those that there are.</returns>
    Task<IReadOnlyDictionary<AwardVersion, Award>> FindSupersededAsync(
        Shard shard, IReadOnlyCollection<AwardVersion> versions, CancellationToken cancellationToken);

    /// <summary>Writes one change that belongs to no run, atomically.</summary>
    /// <returns>False when the award has changed since it was read, or a completion has been used.</returns>
    Task<bool> TryWriteAsync(AwardWrite write, CancellationToken cancellationToken);
}

/// <summary>Names one version of an award.</summary>
public sealed record AwardVersion(LmsId UserId, CertificationCode CertificationCode, int Version);
