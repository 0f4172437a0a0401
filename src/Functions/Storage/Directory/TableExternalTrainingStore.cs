using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;

namespace CertFunctions.Functions.Storage.Directory;

internal sealed class TableExternalTrainingStore(TableClient directory) : IExternalTrainingStore
{
    private const string PartitionKey = "X";

    public async Task<ExternalTraining?> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        (await FindStoredAsync(id, cancellationToken))?.Training;

    public async Task<StoredExternalTraining?> FindStoredAsync(LmsId id, CancellationToken cancellationToken) =>
        await directory.FindRowAsync(PartitionKey, id.Value, cancellationToken) is { } row
            ? new StoredExternalTraining(Read(row), row.ETag.ToString())
            : null;

    public Task<bool> TryWriteAsync(ExternalTraining training, StoredExternalTraining? former, CancellationToken cancellationToken) =>
        directory.TryWriteAsync(
            new TableEntity(PartitionKey, training.Id.Value)
            {
                ["Title"] = training.Title,
                ["IsTitled"] = training.IsTitled,
                ["Provider"] = training.Provider,
                ["CreatedAt"] = training.CreatedAt,
                ["UpdatedAt"] = training.UpdatedAt,
                ["Version"] = training.Version,
            },
            former?.Revision,
            cancellationToken);

    public async Task<Page<ExternalTraining>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        (await new RowRange(PartitionKey, StorageKey.AllIds).ReadPageAsync(directory, page, cancellationToken)).Select(Read);

    private static ExternalTraining Read(TableEntity row) => new()
    {
        Id = LmsId.Parse(row.RowKey),
        Title = row.GetString("Title"),
        IsTitled = row.GetBoolean("IsTitled") ?? true,
        Provider = row.GetString("Provider"),
        CreatedAt = row.GetDateTimeOffset("CreatedAt")!.Value,
        UpdatedAt = row.GetDateTimeOffset("UpdatedAt")!.Value,
        Version = row.GetInt32("Version")!.Value,
    };
}
