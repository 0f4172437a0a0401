using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Pages.Awards;

/// <summary>What a change of an award means, in words.</summary>
internal static class AwardEditWords
{
    private const string Nothing = "Nothing is changed yet.";

    public static IReadOnlyList<string> Of(EditAwardModel model) => model switch
    {
        { Wanted: { } wanted } => Of(model.Award, wanted),
        { Errors.IsEmpty: true } => [Nothing],
        // While the form is filled in, only these words are shown anew.
        _ => [.. model.Errors.All.Select(error => error.Why)],
    };

    private static List<string> Of(ListedAward listed, WantedAward wanted)
    {
        var (dates, association, today) = wanted;
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
            return [Nothing];
        }

        var standing = AwardStanding.On(today, dates.ExpiresOn, listed.Certification.RenewalWindowDays);
        words.Add(standing.DaysToRenew is { } days
            ? $"Then it is {Words.Of(standing.Status).ToLowerInvariant()}: {(days < 0 ? $"expired {Words.Count(-days, "day", "days")} ago" : $"{Words.Count(days, "day", "days")} to renew")}."
            : "Then it is valid.");
        return words;
    }
}
