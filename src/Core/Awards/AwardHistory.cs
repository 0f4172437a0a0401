namespace CertFunctions.Core.Awards;

/// <summary>
/// All versions of an award, read for what was held on a day, as far as is known now. An edit corrects the version that it changed, also for the
/// past; a renewal leaves it as it was; what was undone never was. Pure.
/// </summary>
/// <param name="versions">From 1 to the latest, in this order.</param>
public sealed class AwardHistory(IReadOnlyList<Award> versions)
{
    /// <returns>The version that was held at the end of the day: of several that had begun the latest. Null: none.</returns>
    public Award? HeldOn(DateOnly day)
    {
        for (var number = versions.Count; number > 0; number = FormerOf(number))
        {
            if (TellsOf(Version(number), day, out var held))
            {
                return held;
            }
        }

        return null;
    }

    /// <summary>The same by the latest version alone, where that suffices: it mostly does.</summary>
    /// <returns>False: it takes the whole history to tell.</returns>
    public static bool TryTell(Award latest, DateOnly day, out Award? held) => TellsOf(latest, day, out held) || latest.Version == 1;

    /// <summary>An unassigned one without a day hides all before it: an undo made that it never was.</summary>
    private static bool TellsOf(Award version, DateOnly day, out Award? held)
    {
        held = version.Held && version.IssuedOn <= day ? version : null;
        return held is not null || (!version.Held && (version.EndedOn is null || version.EndedOn <= day));
    }

    /// <returns>What counts before a version: neither what was edited into it nor what was undone with it. 0: nothing.</returns>
    private int FormerOf(int number)
    {
        while (number > 0 && Version(number) is { } version)
        {
            if (version.Restores is { } restored)
            {
                number = restored;
            }
            else if (version.Change.Type == AwardChangeType.Updated)
            {
                number--;
            }
            else
            {
                return number - 1;
            }
        }

        return 0;
    }

    private Award Version(int number) => versions[number - 1];
}
