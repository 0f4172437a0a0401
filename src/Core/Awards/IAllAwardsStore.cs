using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>
/// Finds the awards of all certifications in the order of expiry. What it costs depends on what is read, not on how many certifications or awards
/// there are.
/// </summary>
public interface IAllAwardsStore
{
    /// <summary>
    /// The expiries that awards have: soonest first, never last, those of a day in the order of certification codes. Each has an award, and those of a
    /// page together as many as a page of awards can show, but for the last page.
    /// </summary>
    /// <param name="after">The <see cref="Page{T}.Next"/> of the page before, or a <see cref="SharedExpiry.Place"/>; null for the first page.</param>
    Task<Page<SharedExpiry>> ListExpiriesAsync(ExpiryRange range, string? after, CancellationToken cancellationToken);

    /// <summary>The awards that have it, in the order of user ids.</summary>
    /// <param name="after">Those of users behind this one; null: all.</param>
    /// <returns>Up to <paramref name="count"/>, fewer only at the end.</returns>
    Task<IReadOnlyList<HeldAward>> ReadAsync(SharedExpiry expiry, LmsId? after, int count, CancellationToken cancellationToken);
}

/// <summary>The expiry of awards of one certification.</summary>
/// <param name="ExpiresOn">Null: never.</param>
/// <param name="Shards">Those in which somebody has such an award; at least one.</param>
/// <param name="Place">Where the expiries behind it begin.</param>
public sealed record SharedExpiry(CertificationCode CertificationCode, DateOnly? ExpiresOn, IReadOnlyList<Shard> Shards, string Place);
