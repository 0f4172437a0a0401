using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Audit;

namespace CertFunctions.Functions.Storage.Directory;

internal sealed class TableExternalTrainingStore(TableClient directory, AuditOutbox audit) : IExternalTrainingStore
{
    public const string PartitionKey = "X";

    public async Task<ExternalTraining?> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        (await FindStoredAsync(id, cancellationToken))?.Training;

    public async Task<StoredExternalTraining?> FindStoredAsync(LmsId id, CancellationToken cancellationToken) =>
        await directory.FindRowAsync(PartitionKey, id.Value, cancellationToken) is { } row
            ? new StoredExternalTraining(Read(row), row.ETag.ToString())
            : null;

    public Task<bool> TryWriteAsync(ExternalTraining training, StoredExternalTraining? former, AuditEntry? entry, CancellationToken cancellationToken) =>
        audit.TryWriteAsync(
            directory,
            new TableEntity(PartitionKey, training.Id.Value)
            {
                ["title"] = training.Title,
                ["isTitled"] = training.IsTitled,
                ["provider"] = training.Provider,
                ["createdAt"] = training.CreatedAt,
                ["updatedAt"] = training.UpdatedAt,
                ["version"] = training.Version,
            },
            former?.Revision,
            entry,
            cancellationToken);

    public async Task<Page<ExternalTraining>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        (await new RowRange(PartitionKey, StorageKey.AllIds).ReadPageAsync(directory, page, cancellationToken)).Select(Read);

    private static ExternalTraining Read(TableEntity row) => new()
    {
        Id = LmsId.Parse(row.RowKey),
        Title = row.GetString("title"),
        IsTitled = row.GetBoolean("isTitled") ?? true,
        Provider = row.GetString("provider"),
        CreatedAt = row.GetDateTimeOffset("createdAt")!.Value,
        UpdatedAt = row.GetDateTimeOffset("updatedAt")!.Value,
        Version = row.GetInt32("version")!.Value,
    };
}
