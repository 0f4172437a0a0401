using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>Writes a user's new name into the user's awards, each with all its views in one transaction. No new version of any.</summary>
internal sealed class TableAwardProjection(TableClient table, IAwardStore awards) : IAwardProjection
{
    public async Task RenameAsync(LmsId userId, PersonName name, CancellationToken cancellationToken)
    {
        // Unassigned ones too: an award that is restored takes the name from there.
        var range = new RowRange(AwardKeys.Partition(Shard.Of(userId)), AwardKeys.TruthsOf(userId));
        await foreach (var row in range.ReadAsync(table, Limits.PageSize, cancellationToken))
        {
            await RenameAsync(AwardRow.Read(row), name, cancellationToken);
        }
    }

    private async Task RenameAsync(StoredAward read, PersonName name, CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        for (var stored = read; stored is not null && stored.Name != name;)
        {
            attempts.Next();
            var write = new AwardWrite(stored.Award.UserId, name, stored, stored.Award);
            if (await awards.TryWriteAsync(write, cancellationToken))
            {
                return;
            }

            stored = await awards.FindAsync(stored.Award.CertificationCode, stored.Award.UserId, cancellationToken);
        }
    }
}
