using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>The rows of the lists that the latest version of an award stands in: once it is unassigned, that of those who held the certification.</summary>
internal static class AwardViews
{
    public static IReadOnlyList<string> KeysOf(Award award, ShownUser user) => award switch
    {
        { Held: true } =>
        [
            AwardKeys.ByExpiry(award.CertificationCode, award.ExpiresOn, award.UserId),
            AwardKeys.ByUsername(award.CertificationCode, user.Username, award.UserId),
        ],
        { EndedOn: { } endedOn } => [AwardKeys.ByEnd(award.CertificationCode, endedOn, award.UserId)],
        _ => [],
    };
}
