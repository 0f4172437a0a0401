using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http;

namespace CertFunctions.Functions.Directory;

/// <summary>Reads what a body says about a user as an edit: of nothing by a PUT, of what is there by a PATCH.</summary>
internal static class UserBody
{
    public static Func<User?, UserEdit> Read(JsonMembers body)
    {
        var username = body.Text("username", 1, Limits.UsernameLength).RequiredUnlessPatch();
        var firstName = body.Text("firstName", 0, Limits.NameLength).RequiredUnlessPatch();
        var lastName = body.Text("lastName", 0, Limits.NameLength).RequiredUnlessPatch();
        var email = body.Text("email", 1, Limits.EmailLength);
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
