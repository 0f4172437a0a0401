using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>The rows of the lists that a version of an award stands in: none once it is unassigned.</summary>
internal static class AwardViews
{
    public static IReadOnlyList<string> KeysOf(Award award, ShownUser user) => award.Held
        ?
        [
            AwardKeys.ByExpiry(award.CertificationCode, award.ExpiresOn, award.UserId),
            AwardKeys.ByUsername(award.CertificationCode, user.Username, award.UserId),
        ]
        : [];
}
