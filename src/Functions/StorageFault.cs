using Azure;
using Azure.Identity;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions;

/// <summary>The only place that tells a storage that is away or overloaded from bugs and wrong requests.</summary>
internal static class StorageFault
{
    /// <summary>
    /// Whether the same request may succeed later: no answer (status 0), an answer cut off, a time-out, throttling or a server's fault.
    /// The SDK tries these again by itself, except where they are answered for one operation inside a transaction (outer status 202).
    /// Its own network time-out is a cancellation of which the caller's token knows nothing; after its retries it throws all of them at once.
    /// </summary>
    /// <param name="cancellationToken">The caller's own: its cancellation is no fault.</param>
    public static bool IsTrouble(Exception exception, CancellationToken cancellationToken = default) => exception switch
    {
        // The caller's body, not the storage.
        BadHttpRequestException => false,
        RequestFailedException e => e.Status is 0 or 408 or 429 or >= 500,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        AggregateException e => e.InnerExceptions.Count > 0 && e.InnerExceptions.All(inner => IsTrouble(inner, cancellationToken)),
        AuthenticationFailedException or IOException or HttpRequestException or TimeoutException => true,
        _ => false,
    };
}
