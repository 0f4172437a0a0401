using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>Those who hold a certification and whose expiry lies in a range.</summary>
/// <param name="Search">The beginning of a username, whatever the case; null: all. Only with <see cref="AwardSort.Username"/>.</param>
public sealed record HolderList(CertificationCode CertificationCode, ExpiryRange Expiries, AwardSort Sort, string? Search = null)
{
    /// <summary>Only those who are active, or who are not; null: all.</summary>
    public bool? Active { get; init; }
}

/// <summary>An award that is held, as lists show it.</summary>
public sealed record HeldAward(Award Award, ShownUser User);

/// <summary>The same with the certification, which gives its title and says how the award stands.</summary>
public sealed record ListedAward(Certification Certification, Award Award, ShownUser User)
{
    public AwardStanding StandingOn(DateOnly today) => AwardStanding.On(today, Award.ExpiresOn, Certification.RenewalWindowDays);
}
