using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Storage;

/// <summary>Creates what <see cref="StorageNames"/> lists. In the cloud the infrastructure does that.</summary>
public sealed partial class LocalStorage(StorageClients clients, ILogger<LocalStorage> logger) : IDisposable
{
    private readonly SemaphoreSlim once = new(1, 1);
    private volatile bool isThere;

    /// <summary>Works once; after a failure the next call tries again.</summary>
    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (isThere)
        {
            return;
        }

        await once.WaitAsync(cancellationToken);
        try
        {
            if (!isThere)
            {
                await CreateAsync(cancellationToken);
                isThere = true;
                Created();
            }
        }
        finally
        {
            once.Release();
        }
    }

    public void Dispose() => once.Dispose();

    private Task CreateAsync(CancellationToken cancellationToken)
    {
        var tables = StorageNames.In(typeof(StorageNames.Tables)).Select(name => clients.Table(name).CreateIfNotExistsAsync(cancellationToken) as Task);
        var queues = StorageNames.In(typeof(StorageNames.Queues)).Select(name => clients.Queue(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken));
        var containers = StorageNames.In(typeof(StorageNames.Containers)).Select(name => clients.Container(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken));
        return Task.WhenAll([.. tables, .. queues, .. containers]);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Tables, queues and containers are there")]
    private partial void Created();
}
