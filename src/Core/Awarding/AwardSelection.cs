using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awarding;

/// <summary>Whom an order is for: the distinct union of users and of the members of groups and branches.</summary>
/// <param name="Sources">With sub-branches named one by one.</param>
public sealed record AwardSelection(IReadOnlyList<LmsId> Users, IReadOnlyList<MemberSource> Sources)
{
    public bool IsEmpty => Users.Count == 0 && Sources.Count == 0;
}
