namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>Knows by their first bytes what else is dropped under the name of a CSV file.</summary>
internal static class CsvLookalike
{
    /// <returns>Null: nothing that we know.</returns>
    public static string? Of(ReadOnlySpan<byte> head) => head switch
    {
        [0x1F, 0x8B, ..] => "a gzip archive",
        [(byte)'P', (byte)'K', 3 or 5 or 7, ..] => "an Excel workbook (xlsx) or another zip archive",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Excel workbook (xls)",
        [0x28, 0xB5, 0x2F, 0xFD, ..] => "a zstd archive",
        [(byte)'B', (byte)'Z', (byte)'h', ..] => "a bzip2 archive",
        [0xFD, (byte)'7', (byte)'z', ..] or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..] => "an xz or 7z archive",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
        [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] => "a picture",
        _ => null,
    };

    public static bool IsMarkup(ReadOnlySpan<byte> text) => text.TrimStart(" \t\r\n"u8) is [(byte)'<', ..];
}
