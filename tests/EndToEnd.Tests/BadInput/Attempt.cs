namespace CertFunctions.EndToEnd.Tests.BadInput;

/// <summary>A request that must be refused, and how.</summary>
/// <param name="Code">Null: any that is documented.</param>
/// <param name="Blames">The name that <c>errors</c> must blame; null: any.</param>
internal sealed record Attempt(string What, string Method, string Path, int Status, string? Code = null, string? Blames = null)
{
    public byte[]? Body { get; init; }

    public string? ContentType { get; init; } = "application/json";

    public bool Chunked { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public HttpRequestMessage Request(Uri host)
    {
        // As it is written: a client that tidies up the path would hide what is to be tested.
        var uri = new Uri(host.GetLeftPart(UriPartial.Authority) + Path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(Method), uri);
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (Body is not null)
        {
            request.Content = new ByteArrayContent(Body);
            request.Headers.TransferEncodingChunked = Chunked ? true : null;
            if (ContentType is not null)
            {
                request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
            }
        }

        return request;
    }

    public override string ToString() => $"{Method} {Shortened(Path)} {What}";

    private static string Shortened(string text) => text.Length <= 200 ? text : $"{text[..200]}…";
}
