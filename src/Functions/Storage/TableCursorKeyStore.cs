using System.Security.Cryptography;
using Azure;
using Azure.Data.Tables;
using CertFunctions.Functions.Http.Paging;

namespace CertFunctions.Functions.Storage;

public sealed class TableCursorKeyStore(StorageClients clients) : ICursorKeyStore
{
    /// <summary>Of all that the app notes for itself.</summary>
    public const string Partition = "settings";
    private const string Row = "cursor-key";
    private const string Value = "value";

    private readonly TableClient table = clients.Table(StorageNames.Tables.Settings);
    private byte[]? cached;

    public async Task<ReadOnlyMemory<byte>> GetAsync(CancellationToken cancellationToken) =>
        cached ??= await FindAsync(cancellationToken) ?? await CreateAsync(cancellationToken);

    private async Task<byte[]?> FindAsync(CancellationToken cancellationToken)
    {
        var found = await table.GetEntityIfExistsAsync<TableEntity>(Partition, Row, cancellationToken: cancellationToken);
        return found.HasValue ? found.Value!.GetBinary(Value) : null;
    }

    private async Task<byte[]> CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await table.AddEntityAsync(new TableEntity(Partition, Row) { [Value] = RandomNumberGenerator.GetBytes(32) }, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // Another instance was faster, or a retry met our own insert: what is there counts.
        }

        return await FindAsync(cancellationToken) ?? throw new InvalidOperationException("The cursor key was just written and is gone.");
    }
}
