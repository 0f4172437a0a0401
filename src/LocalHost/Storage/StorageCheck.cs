using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost.Storage;

/// <summary>Looks whether a connection string leads to storage, before everything else fails for want of it.</summary>
internal static class StorageCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <exception cref="StartupException">It does not.</exception>
    public static async Task RequireReachableAsync(string connectionString, CancellationToken cancellationToken)
    {
        try
        {
            var blobs = new BlobServiceClient(connectionString, Hasty(new BlobClientOptions()));
            var queues = new QueueServiceClient(connectionString, Hasty(new QueueClientOptions()));
            var tables = new TableServiceClient(connectionString, Hasty(new TableClientOptions()));
            await Task.WhenAll(
                TryAsync(blobs.Uri, () => blobs.GetPropertiesAsync(cancellationToken)),
                TryAsync(queues.Uri, () => queues.GetPropertiesAsync(cancellationToken)),
                TryAsync(tables.Uri, () => tables.GetPropertiesAsync(cancellationToken)));
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            throw new StartupException($"--storage is not a connection string: {exception.Message.ReplaceLineEndings(" ")}");
        }
    }

    private static async Task TryAsync(Uri service, Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (RequestFailedException exception)
        {
            throw new StartupException(exception.Status == 0
                ? $"The storage at {service} cannot be reached: {Reason(exception)}"
                : $"The storage at {service} refuses the connection string: {exception.Status} {exception.ErrorCode}");
        }
        catch (OperationCanceledException exception) when (exception is TaskCanceledException { InnerException: not null })
        {
            throw new StartupException($"The storage at {service} cannot be reached: no answer within {Patience.TotalSeconds} s");
        }
    }

    private static string Reason(RequestFailedException exception) => (exception.InnerException ?? exception).Message.ReplaceLineEndings(" ");

    private static T Hasty<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 0;
        options.Retry.NetworkTimeout = Patience;
        return options;
    }
}
