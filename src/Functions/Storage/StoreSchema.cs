using Azure;
using Azure.Data.Tables;

namespace CertFunctions.Functions.Storage;

/// <summary>
/// The version of how things lie in the store: keys, rows, the number of shards. It stands in one row, which whoever comes first to an empty
/// store writes. A store of another version is neither read nor written.
/// </summary>
public sealed class StoreSchema(StorageClients clients, TimeProvider time)
{
    /// <summary>To be raised with whatever the app of before could not read, or would write wrongly.</summary>
    public const int Version = 2;

    /// <summary>How long it is not looked at again: while a newer app is being deployed, instances of the older one still run.</summary>
    public static readonly TimeSpan TrustedFor = TimeSpan.FromMinutes(1);

    private const string Row = "schema";
    private const string Value = "version";

    private readonly TableClient table = clients.Table(StorageNames.Tables.Settings);

    /// <summary>In ticks, which many functions read at once.</summary>
    private long trustedUntil;

    /// <exception cref="SchemaMismatchException">The store is of another version.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref trustedUntil))
        {
            return;
        }

        if (await FindOrWriteAsync(cancellationToken) is var version && version != Version)
        {
            throw new SchemaMismatchException(version, Version);
        }

        Volatile.Write(ref trustedUntil, (time.GetUtcNow() + TrustedFor).UtcTicks);
    }

    /// <returns>Null: none is written yet.</returns>
    public async Task<int?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(TableCursorKeyStore.Partition, Row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value!.GetInt32(Value) : null;
    }

    private async Task<int> FindOrWriteAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken) is { } version)
        {
            return version;
        }

        try
        {
            await table.AddEntityAsync(new TableEntity(TableCursorKeyStore.Partition, Row) { [Value] = Version }, cancellationToken);
            return Version;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another instance was faster, or a retry met our own insert: what is there counts.
            return await FindAsync(cancellationToken) ?? Version;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // No table, hence nothing of another version. Readiness says what is missing.
            return Version;
        }
    }
}
