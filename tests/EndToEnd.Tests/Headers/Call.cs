using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace CertFunctions.EndToEnd.Tests.Headers;

/// <summary>One call and what it brought.</summary>
internal sealed record Call(int Status, string? ETag, bool Replayed, JsonElement Json)
{
    public string? Code => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty("code", out var code) ? code.GetString() : null;

    public static async Task<Call> Async(
        ProductHost product, string method, string path, string? body = null, string? header = null, string value = "")
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        using var answer = await (await product.ClientAsync()).SendAsync(request, cancellationToken);
        var json = answer.Content.Headers.ContentLength == 0 || answer.StatusCode == System.Net.HttpStatusCode.NoContent
            ? default
            : await answer.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
        return new Call((int)answer.StatusCode, answer.Headers.ETag?.ToString(), answer.Headers.Contains("Idempotent-Replayed"), json);
    }
}
