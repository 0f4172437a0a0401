using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>What is to be changed of an award.</summary>
/// <param name="Terms">The terms as they are asked for, made from those that the award has.</param>
public sealed record AwardEdit(Func<AwardTerms, AwardTerms> Terms, string? Reason)
{
    /// <summary>The terms of an award, as somebody would ask for them.</summary>
    public static AwardTerms TermsOf(Award award) => new(award.IssuedOn, award.ExpiresOn, award.AlwaysValid, award.Association);

    /// <summary>The next version of an award; the same version where nothing changes and nobody says why.</summary>
    /// <param name="asked">The new terms; their association has been checked.</param>
    public Outcome<Award> Apply(Award before, AwardTerms asked, Certification certification, DateOnly today, Provenance provenance)
    {
        if (!AwardTermsRules.Resolve(asked, certification.Validity, today).IsDone(out var dates, out var why))
        {
            return why;
        }

        var after = before with { IssuedOn = dates.IssuedOn, ExpiresOn = dates.ExpiresOn, Association = asked.Association };
        return after == before && Reason is null
            ? before
            : after with { Version = before.Version + 1, Restores = null, Change = provenance.NotBefore(before).Change(AwardChangeType.Updated, Reason) };
    }
}
