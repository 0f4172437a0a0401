using Azure;

namespace CertFunctions.Functions.Storage;

/// <summary>Tells broken storage from bugs.</summary>
internal static class StorageFault
{
    /// <summary>
    /// Whether the same request may succeed later: no answer (status 0), a time-out, throttling or a server's fault.
    /// The SDK tries these again by itself, except where they are answered for one operation inside a transaction (outer status 202).
    /// </summary>
    /// <param name="cancellationToken">The caller's own: its cancellation is no fault.</param>
    public static bool IsTransient(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        RequestFailedException e => e.Status is 0 or 408 or 429 or >= 500,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException e => e.InnerExceptions.Any(inner => IsTransient(inner, cancellationToken)),
        IOException or HttpRequestException or TimeoutException => true,
        _ => false,
    };
}
