using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Requests;

namespace CertFunctions.Functions.Awards;

/// <summary>The body of a change of one award.</summary>
internal static class AwardEditBody
{
    public static AwardEdit Read(JsonMembers body)
    {
        var issuedOn = body.Date("issuedOn").RequiredUnlessPatch();
        var expiresOn = body.Date("expiresOn");
        var alwaysValid = body.Boolean("alwaysValid");
        var association = body.Child("association", AssociationBody.Read);
        var reason = body.Text("reason", TextRule.Reason).OrNull();
        body.ReadOnly(
            "certificationCode", "certificationTitle", "userId", "username", "firstName", "lastName", "active", "daysToRenew", "renewableFrom",
            "status", "awardedBy", "awardedAt", "jobId", "version");
        return new AwardEdit(
            from => new AwardTerms(
                issuedOn.OrNull(whenAbsent: from.IssuedOn),
                expiresOn.OrNull(whenAbsent: alwaysValid.Or(false) ? null : from.ExpiresOn),
                AlwaysValidOf(alwaysValid, expiresOn, from),
                association.Or(from.Association, Association.Manual)!),
            reason);
    }

    /// <summary>
    /// Only who says so outright makes an award always valid. An expiry ends that, and so does taking the expiry away: then the validity of
    /// the certification decides.
    /// </summary>
    private static bool AlwaysValidOf(Member<bool> alwaysValid, Member<DateOnly> expiresOn, AwardTerms from) =>
        alwaysValid.IsAbsent ? expiresOn.IsAbsent && from.AlwaysValid : alwaysValid.Or(false);
}
