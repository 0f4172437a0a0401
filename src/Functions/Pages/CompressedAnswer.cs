using System.IO.Compression;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Pages;

/// <summary>Sends a body as small as the browser takes it: the platform compresses nothing. No page holds a secret that its size could betray.</summary>
internal static class CompressedAnswer
{
    public static async Task WriteAsync(HttpContext http, ReadOnlyMemory<byte> body)
    {
        if (http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase))
        {
            http.Response.Headers.ContentEncoding = "gzip";
            body = Compress(body.Span);
        }

        http.Response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(http.Request.Method))
        {
            await http.Response.Body.WriteAsync(body, http.RequestAborted);
        }
    }

    private static byte[] Compress(ReadOnlySpan<byte> body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        return compressed.ToArray();
    }
}
