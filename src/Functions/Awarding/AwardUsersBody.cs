using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Http.Requests;

namespace CertFunctions.Functions.Awarding;

/// <summary>The body of Award Users.</summary>
internal static class AwardUsersBody
{
    /// <returns>Makes the request; to be called once the body is found free of errors.</returns>
    public static Func<AwardUsersRequest> Read(JsonMembers body)
    {
        var users = body.Ids("users");
        var groups = body.Ids("groups");
        var branches = body.Ids("branches");
        var includeSubBranches = body.Boolean("includeSubBranches").Or(false);
        var issuedOn = body.Date("issuedOn").OrNull();
        var expiresOn = body.Date("expiresOn").OrNull();
        var alwaysValid = body.Boolean("alwaysValid").Or(false);
        var association = body.Child("association", AssociationBody.Read);
        var onExisting = body.OneOf<OnExisting>("onExisting").Or(OnExisting.KeepNewest);
        var reason = body.Text("reason", TextRule.Reason).OrNull();
        var confirmUsers = body.Number("confirmUsers", 0, int.MaxValue).OrNull();
        var isPlan = body.Boolean("dryRun").Or(false);

        return () => new AwardUsersRequest
        {
            Users = users.Or([]),
            Groups = groups.Or([]),
            Branches = branches.Or([]),
            IncludeSubBranches = includeSubBranches,
            Terms = new AwardTerms(issuedOn, expiresOn, alwaysValid, association.Or(Association.Manual)),
            OnExisting = onExisting,
            Reason = reason,
            ConfirmUsers = confirmUsers,
            IsPlan = isPlan,
        };
    }
}
