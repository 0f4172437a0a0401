using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Pages.Awards;

/// <summary>What a change of an award means, in words.</summary>
internal static class AwardEditWords
{
    public const string NothingYet = "Nothing is changed yet.";

    public static IReadOnlyList<string> Of(ListedAward listed, AwardDates dates, Association association, DateOnly today)
    {
        var before = listed.Award;
        var words = new List<string>();
        if (dates.IssuedOn != before.IssuedOn)
        {
            words.Add($"It counts as issued on {Words.Of(dates.IssuedOn)} instead of {Words.Of(before.IssuedOn)}.");
        }

        if (dates.ExpiresOn != before.ExpiresOn)
        {
            words.Add($"It is valid {AwardWords.Until(dates.ExpiresOn)} instead of {AwardWords.Until(before.ExpiresOn)}.");
        }

        if (association with { ActivityTitle = before.Association.ActivityTitle } != before.Association)
        {
            words.Add($"Its association is “{AwardWords.Of(association)}” instead of “{AwardWords.Of(before.Association)}”.");
        }

        if (words.Count == 0)
        {
            return [NothingYet];
        }

        var standing = AwardStanding.On(today, dates.ExpiresOn, listed.Certification.RenewalWindowDays);
        words.Add(standing.DaysToRenew is { } days
            ? $"Then it is {Words.Of(standing.Status).ToLowerInvariant()}: {(days < 0 ? $"expired {Words.Count(-days, "day", "days")} ago" : $"{Words.Count(days, "day", "days")} to renew")}."
            : "Then it is valid.");
        return words;
    }
}
