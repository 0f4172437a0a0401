using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>Turns terms as they were asked for into dates.</summary>
public static class AwardTermsRules
{
    public static Outcome<AwardDates> Resolve(AwardTerms terms, Validity? validity, DateOnly today)
    {
        if (terms.AlwaysValid && terms.ExpiresOn is not null)
        {
            return Rejection.Invalid(ErrorCode.ExpiryGivenButAlwaysValid, "expiresOn", "cannot be given together with alwaysValid");
        }

        var issuedOn = terms.IssuedOn ?? today;
        if (terms.ExpiresOn < issuedOn)
        {
            return Rejection.Invalid(ErrorCode.ExpiresBeforeIssued, "expiresOn", "must not be before issuedOn");
        }

        if (terms.AlwaysValid || terms.ExpiresOn is not null || validity is null)
        {
            return new AwardDates(issuedOn, terms.ExpiresOn);
        }

        return validity.TryAddTo(issuedOn, out var expiresOn)
            ? new AwardDates(issuedOn, expiresOn)
            : Rejection.Invalid(ErrorCode.ExpiryOutOfRange, "issuedOn", "plus the validity of the certification is beyond 9999-12-31");
    }
}

/// <param name="ExpiresOn">Null: always valid.</param>
public sealed record AwardDates(DateOnly IssuedOn, DateOnly? ExpiresOn);
