using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Pages.Awards;

/// <summary>Reads what a form wants of an award that is there: it shows all that the award has, so only what differs is wanted.</summary>
internal static class AwardEditTerms
{
    public static AwardTerms Read(PageForm form, Award award)
    {
        var typed = AwardFields.ReadTerms(form);
        var association = typed.Association.Type == award.Association.Type
            && (typed.Association.Type != AssociationType.ExternalTraining || typed.Association.ActivityId == award.Association.ActivityId)
                ? award.Association
                : typed.Association;
        return Dates(typed, award) with { Association = association };
    }

    /// <summary>Who ticks “Always valid” does not mean the old expiry that still stands beside it, and the other way round.</summary>
    private static AwardTerms Dates(AwardTerms typed, Award award) => typed switch
    {
        { AlwaysValid: true, ExpiresOn: { } expiry } when expiry == award.ExpiresOn => typed with { ExpiresOn = null },
        { AlwaysValid: true, ExpiresOn: not null } when award.AlwaysValid => typed with { AlwaysValid = false },
        _ => typed,
    };
}
