using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;

namespace CertFunctions.Functions.Storage;

/// <summary>A record as JSON in a row, cut into properties of less than 64 KiB: <c>job0</c>, <c>job1</c>, …</summary>
internal static class JsonParts
{
    public const int PartBytes = 60 * 1024;

    public static byte[] Serialize<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, StorageJson.Options);

    public static void Write(TableEntity row, string prefix, byte[] json)
    {
        foreach (var (index, part) in json.Chunk(PartBytes).Index())
        {
            row[NameOf(prefix, index)] = part;
        }
    }

    public static T Read<T>(TableEntity row, string prefix)
    {
        using var json = new MemoryStream();
        for (var index = 0; row.GetBinary(NameOf(prefix, index)) is { } part; index++)
        {
            json.Write(part);
        }

        return JsonSerializer.Deserialize<T>(json.GetBuffer().AsSpan(0, (int)json.Length), StorageJson.Options)!;
    }

    private static string NameOf(string prefix, int index) => prefix + index.ToString(CultureInfo.InvariantCulture);
}
