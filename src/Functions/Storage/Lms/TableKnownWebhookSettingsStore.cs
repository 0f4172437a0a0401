using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Storage.Audit;

namespace CertFunctions.Functions.Storage.Lms;

/// <summary>One row.</summary>
internal sealed class TableKnownWebhookSettingsStore(TableClient table, AuditOutbox audit) : IKnownWebhookSettingsStore
{
    private const string Row = "webhook-settings";
    private const string Known = "known";

    public async Task<StoredWebhookSettings?> FindAsync(CancellationToken cancellationToken) =>
        await table.FindRowAsync(TableCursorKeyStore.Partition, Row, cancellationToken) is { } row
            ? new StoredWebhookSettings(JsonSerializer.Deserialize<KnownWebhookSettings>(row.GetString(Known), StorageJson.Options)!, row.ETag.ToString())
            : null;

    public Task<bool> TryWriteAsync(KnownWebhookSettings settings, string? revision, AuditEntry? entry, CancellationToken cancellationToken) => audit.TryWriteAsync(
        table,
        new TableEntity(TableCursorKeyStore.Partition, Row) { [Known] = JsonSerializer.Serialize(settings, StorageJson.Options) },
        revision,
        entry,
        cancellationToken);
}
