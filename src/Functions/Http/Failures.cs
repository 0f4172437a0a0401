using Azure;
using Azure.Identity;

namespace CertFunctions.Functions.Http;

internal static class Failures
{
    /// <summary>Whether the storage is away or overloaded, rather than our request to it wrong. 0: no answer at all.</summary>
    public static bool IsStorageTrouble(this Exception exception) => exception switch
    {
        RequestFailedException { Status: 0 or 408 or 429 or >= 500 } => true,
        AuthenticationFailedException or TimeoutException => true,
        // What the storage client throws after its retries, or when its network timeout ran out.
        AggregateException several => several.Flatten().InnerExceptions.All(IsStorageTrouble),
        TaskCanceledException { InnerException: { } inner } => inner.IsStorageTrouble(),
        _ => false,
    };
}
