using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Requests;

namespace CertFunctions.Functions.Directory;

/// <summary>Reads what a body says about a user as an edit: of nothing by a PUT, of what is there by a PATCH.</summary>
internal static class UserBody
{
    public static Func<User?, UserEdit> Read(JsonMembers body)
    {
        var username = body.Text("username", TextRule.Username).RequiredUnlessPatch();
        var firstName = body.Text("firstName", TextRule.PersonName).RequiredUnlessPatch();
        var lastName = body.Text("lastName", TextRule.PersonName).RequiredUnlessPatch();
        var email = body.Text("email", TextRule.Email);
        var branchId = body.Id("branchId");
        var active = body.Boolean("active").OrNull();
        body.ReadOnly("userId", "createdAt", "updatedAt");
        return former => new UserEdit(
            username.Or(former?.Username, null)!,
            firstName.Or(former?.FirstName, null)!,
            lastName.Or(former?.LastName, null)!,
            email.OrNull(whenAbsent: former?.Email),
            branchId.OrNull(whenAbsent: former?.BranchId),
            active);
    }
}
