using System.Text;
using Azure.Core;

namespace CertFunctions.TestWorlds.Faults;

/// <summary>One request to the storage.</summary>
/// <param name="Number">Counts from 0 in the order in which they were sent.</param>
public sealed record StorageCall(int Number, Request Request)
{
    /// <summary>The same for each time that the SDK sends it again.</summary>
    public string Id => Request.ClientRequestId;

    public string Path => Request.Uri.Path;

    public string Query => Request.Uri.Query;

    public bool IsTransaction => Path.EndsWith("/$batch", StringComparison.Ordinal);

    /// <summary>A query of a range of rows.</summary>
    public bool IsQuery => Request.Method == RequestMethod.Get && Path.EndsWith("()", StringComparison.Ordinal);

    /// <summary>A transaction names its table in its body alone.</summary>
    public async Task<bool> IsTransactionOfAsync(string table) =>
        IsTransaction && (await BodyAsync()).Contains($"/{table}", StringComparison.Ordinal);

    public bool IsOn(string name) => Path.Contains($"/{name}", StringComparison.Ordinal);

    public override string ToString() => $"#{Number} {Request.Method} {Path}{Query}";

    public async Task<string> BodyAsync()
    {
        using var body = new MemoryStream();
        await (Request.Content?.WriteToAsync(body, CancellationToken.None) ?? Task.CompletedTask);
        return Encoding.UTF8.GetString(body.ToArray());
    }
}
