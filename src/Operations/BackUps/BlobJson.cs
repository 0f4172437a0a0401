using System.Text.Json;

namespace CertFunctions.Operations.BackUps;

/// <summary>A blob as a line of JSON; its content is in a file beside.</summary>
/// <param name="Sha256">Of the content, in lower-case hex.</param>
internal sealed record BlobJson(string Name, string Sha256, string? ContentType, IReadOnlyDictionary<string, string> Metadata)
{
    public override string ToString() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static BlobJson Read(string line) => JsonSerializer.Deserialize<BlobJson>(line, JsonSerializerOptions.Web)!;
}
