using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>
/// Lists the awards that were held at the end of a day, as <see cref="AwardHistory"/> has it. The cost is that of the page, and one read more for
/// each award on it that was renewed, or made again, or ended since that day: what else there is costs nothing.
/// </summary>
public interface IPastAwardStore
{
    /// <summary>
    /// One page: those who hold the certification now in the order of their present expiry (with a search, of usernames), then those who hold it no
    /// more in the order in which they were unassigned. Who began to hold it since makes it short, or empty.
    /// </summary>
    Task<Page<HeldAward>> ListAsync(PastHolderList list, PageRequest page, CancellationToken cancellationToken);

    /// <summary>What a user held, in the order of certification codes. What ended before, or began since, makes it short, or empty.</summary>
    Task<Page<HeldAward>> ListOfUserAsync(LmsId userId, DateOnly day, PageRequest page, CancellationToken cancellationToken);
}

/// <summary>Those who held a certification at the end of a day.</summary>
/// <param name="Expiries">Where the expiry that the award had on that day must lie.</param>
/// <param name="Search">The beginning of the present username, whatever the case; null: all.</param>
public sealed record PastHolderList(CertificationCode CertificationCode, DateOnly Day, ExpiryRange Expiries, string? Search = null)
{
    /// <summary>Only those who are active now, or who are not; null: all.</summary>
    public bool? Active { get; init; }
}
