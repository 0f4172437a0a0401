using System.Collections.Frozen;
using System.Security.Cryptography;
using CertFunctions.Functions.Docs;

namespace CertFunctions.Functions.Pages;

/// <summary>What pages load, each file under a name that says its content: a browser may keep it for as long as it likes.</summary>
internal static class PageAssets
{
    private static readonly string[] Names = ["pico.css", "site.css", "htmx.js", "site.js"];

    private static readonly Lazy<FrozenDictionary<string, PageAsset>> ByName =
        new(() => Names.Select(Read).ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal));

    private static readonly Lazy<FrozenDictionary<string, PageAsset>> ByHashedName =
        new(() => ByName.Value.Values.ToFrozenDictionary(asset => asset.HashedName, StringComparer.Ordinal));

    public static string PathOf(string name) => $"/assets/{ByName.Value[name].HashedName}";

    /// <returns>Null: there is none of this name with this content.</returns>
    public static PageAsset? Find(string hashedName) => ByHashedName.Value.GetValueOrDefault(hashedName);

    private static PageAsset Read(string name)
    {
        using var stream = Embedded.Open($"pages/{name}")!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content)).AsSpan(0, 16);
        return new PageAsset(name, $"{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}", content);
    }
}

internal sealed record PageAsset(string Name, string HashedName, byte[] Content)
{
    public string ContentType => Name.EndsWith(".css", StringComparison.Ordinal) ? "text/css; charset=utf-8" : "text/javascript; charset=utf-8";
}
