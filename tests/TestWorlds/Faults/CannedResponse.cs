using System.Diagnostics.CodeAnalysis;
using System.Text;
using Azure;
using Azure.Core;

namespace CertFunctions.TestWorlds.Faults;

/// <summary>An answer that no storage gave.</summary>
public sealed class CannedResponse : Response
{
    private readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

    private CannedResponse(int status, string contentType, string body)
    {
        Status = status;
        ContentStream = new MemoryStream(Encoding.UTF8.GetBytes(body));
        headers["Content-Type"] = contentType;
    }

    public override int Status { get; }

    public override string ReasonPhrase => "canned";

    public override Stream? ContentStream { get; set; }

    public override string ClientRequestId { get; set; } = "";

    /// <summary>Without a body: tables would say why in JSON, blobs and queues in XML.</summary>
    public static CannedResponse Error(int status) => new(status, "text/plain", "");

    public static CannedResponse TransactionError(int status) => new(202, "multipart/mixed; boundary=batchresponse_1", string.Join(
        "\r\n",
        "--batchresponse_1",
        "Content-Type: multipart/mixed; boundary=changesetresponse_1",
        "",
        "--changesetresponse_1",
        "Content-Type: application/http",
        "Content-Transfer-Encoding: binary",
        "",
        $"HTTP/1.1 {status} Canned",
        "DataServiceVersion: 3.0;",
        "Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8",
        "",
        ErrorBody,
        "--changesetresponse_1--",
        "--batchresponse_1--",
        ""));

    /// <summary>A page of a query that has nothing on it and says that more follows.</summary>
    public static CannedResponse EmptyPage(string continuation)
    {
        var page = new CannedResponse(200, "application/json;odata=minimalmetadata", """{"value":[]}""");
        page.headers["x-ms-continuation-NextPartitionKey"] = continuation;
        page.headers["x-ms-continuation-NextRowKey"] = continuation;
        return page;
    }

    public override void Dispose() => ContentStream?.Dispose();

    protected override bool ContainsHeader(string name) => headers.ContainsKey(name);

    protected override IEnumerable<HttpHeader> EnumerateHeaders() => headers.Select(header => new HttpHeader(header.Key, header.Value));

    protected override bool TryGetHeader(string name, [NotNullWhen(true)] out string? value) => headers.TryGetValue(name, out value);

    protected override bool TryGetHeaderValues(string name, [NotNullWhen(true)] out IEnumerable<string>? values)
    {
        values = headers.TryGetValue(name, out var value) ? [value] : null;
        return values is not null;
    }

    private const string ErrorBody = """{"odata.error":{"code":"ServerBusy","message":{"lang":"en-US","value":"0:The server is busy."}}}""";
}
