using System.Text.Json;
using Azure.Data.Tables;

namespace CertFunctions.Functions.Storage;

/// <summary>A record as JSON in the <see cref="PropertyParts"/> of a row.</summary>
internal static class JsonParts
{
    public static byte[] Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, StorageJson.Options);

    public static T Read<T>(TableEntity row, string prefix) =>
        JsonSerializer.Deserialize<T>(PropertyParts.Read(row, prefix), StorageJson.Options)!;
}
