using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Requests;

namespace CertFunctions.Functions.Awards;

/// <summary>The member <c>association</c> of a body; always replaced whole.</summary>
internal static class AssociationBody
{
    public static Association Read(JsonMembers body)
    {
        body.ReadOnly("activityTitle");
        return new Association(
            body.OneOf<AssociationType>("type").Required(),
            body.OneOf<ActivityType>("activityType").OrNull(),
            body.Id("activityId").OrNull());
    }
}
