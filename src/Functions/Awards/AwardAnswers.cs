using System.Globalization;
using CertFunctions.Core.Awards;
using CertFunctions.Functions.Http.Answers;

namespace CertFunctions.Functions.Awards;

internal static class AwardAnswers
{
    /// <summary>One award with its version as ETag.</summary>
    public static Answer Ok(ListedAward award, DateOnly today) =>
        Answer.Ok(AwardAnswer.Of(award, today), award.Award.Version.ToString(CultureInfo.InvariantCulture));
}
