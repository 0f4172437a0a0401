using CertFunctions.Functions.Http.Answers;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Requests;

internal static class RequestBytes
{
    /// <summary>So much of a body that is refused is still read, so that its sender hears the refusal rather than a reset connection.</summary>
    private const int DrainedBytes = 8 * 1024 * 1024;

    private static readonly TimeSpan DrainedFor = TimeSpan.FromSeconds(2);

    /// <summary>Reads a body of at most <paramref name="max"/> bytes, whatever its Content-Length says.</summary>
    public static async Task<(byte[] Bytes, Problem? Problem)> ReadAsync(HttpRequest request, int max, CancellationToken cancellationToken)
    {
        using var reading = Deadline.Pause(request.HttpContext);
        try
        {
            using var bytes = new MemoryStream();
            var buffer = new byte[32 * 1024];
            var read = 1;
            while (read > 0 && bytes.Length <= max && !(request.ContentLength > max))
            {
                read = await request.Body.ReadAsync(buffer, cancellationToken);
                bytes.Write(buffer, 0, read);
            }

            if (bytes.Length <= max && !(request.ContentLength > max))
            {
                return (bytes.ToArray(), null);
            }

            await DrainAsync(request.Body, buffer, cancellationToken);
            return ([], Problem.BodyTooLarge(max));
        }
        catch (BadHttpRequestException e)
        {
            return ([], Problem.Unreadable(e.StatusCode, max));
        }
    }

    public static async Task DrainAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(DrainedFor);
        try
        {
            for (int read, total = 0; total < DrainedBytes && (read = await body.ReadAsync(buffer, patience.Token)) > 0; total += read)
            {
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Slow senders have to live with a reset connection.
        }
    }
}
