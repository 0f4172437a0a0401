using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Reads versions of an award that were superseded.</summary>
internal static class SupersededRows
{
    /// <summary>Those from one to another, oldest first.</summary>
    public static async Task<IReadOnlyList<Award>> ReadAsync(
        TableClient table, Award latest, int oldest, int newest, CancellationToken cancellationToken)
    {
        if (newest < oldest)
        {
            return [];
        }

        var range = new RowRange(
            AwardKeys.Partition(Shard.Of(latest.UserId)),
            AwardKeys.Superseded(latest with { Version = oldest }),
            AwardKeys.Superseded(latest with { Version = newest + 1 }));
        return await range.ReadAsync(table, Limits.PageSize, cancellationToken)
            .Select(row => AwardRow.Read(row).Award)
            .ToListAsync(cancellationToken);
    }
}
