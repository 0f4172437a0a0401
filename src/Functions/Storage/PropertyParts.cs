using System.Globalization;
using Azure.Data.Tables;

namespace CertFunctions.Functions.Storage;

/// <summary>Bytes in a row, cut into properties of less than 64 KiB: <c>job0</c>, <c>job1</c>, …</summary>
internal static class PropertyParts
{
    public const int PartBytes = 60 * 1024;

    public static void Write(TableEntity row, string prefix, byte[] bytes)
    {
        foreach (var (index, part) in bytes.Chunk(PartBytes).Index())
        {
            row[NameOf(prefix, index)] = part;
        }
    }

    public static byte[] Read(TableEntity row, string prefix)
    {
        using var bytes = new MemoryStream();
        for (var index = 0; row.GetBinary(NameOf(prefix, index)) is { } part; index++)
        {
            bytes.Write(part);
        }

        return bytes.ToArray();
    }

    private static string NameOf(string prefix, int index) => prefix + index.ToString(CultureInfo.InvariantCulture);
}
