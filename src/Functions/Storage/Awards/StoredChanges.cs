using CertFunctions.Core.Awards;
using CertFunctions.Functions.Telemetry;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Counts changes of awards, to be called once it is known that they are stored.</summary>
internal static class StoredChanges
{
    /// <summary>A new name in an award, or a completion that is used up, is no change of it.</summary>
    public static void Count(IEnumerable<AwardWrite?> stored)
    {
        if (!AppMetrics.Awards.Enabled)
        {
            return;
        }

        var changes = stored
            .Where(write => write?.After is { } after && after.Version != write.Before?.Award.Version)
            .CountBy(write => write!.After!.Change.Type);
        foreach (var (type, count) in changes)
        {
            AppMetrics.Awards.Add(count, AppMetrics.Tag("change", type));
        }
    }
}
