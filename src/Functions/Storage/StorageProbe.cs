namespace CertFunctions.Functions.Storage;

/// <summary>Asks every kind of storage for a sign of life.</summary>
public sealed class StorageProbe(StorageClients clients)
{
    /// <exception cref="Azure.RequestFailedException">One does not answer.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) => Task.WhenAll(
        clients.Table(StorageNames.Tables.Settings).GetEntityIfExistsAsync<Azure.Data.Tables.TableEntity>("settings", "probe", cancellationToken: cancellationToken),
        QueuesAsync(cancellationToken),
        ContainersAsync(cancellationToken));

    private async Task QueuesAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in clients.Queues.GetQueuesAsync(cancellationToken: cancellationToken).AsPages(pageSizeHint: 1).Take(1).WithCancellation(cancellationToken))
        {
        }
    }

    private async Task ContainersAsync(CancellationToken cancellationToken)
    {
        await foreach (var _ in clients.Blobs.GetBlobContainersAsync(cancellationToken: cancellationToken).AsPages(pageSizeHint: 1).Take(1).WithCancellation(cancellationToken))
        {
        }
    }
}
