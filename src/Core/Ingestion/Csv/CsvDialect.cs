using System.Text;
using CsvHelper;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>How CsvHelper is told to read and write our files.</summary>
internal static class CsvDialect
{
    public static CsvReaderOptions Reading(char separator) => new()
    {
        Separator = separator,
        HasHeader = false,
        TrimWhitespace = true,
    };

    /// <summary>Texts are to be written by <see cref="CsvCell"/>.</summary>
    public static CsvWriterOptions Writing(char separator, string newLine) => new()
    {
        Separator = separator,
        NewLine = newLine,
    };

    /// <summary>
    /// CsvHelper drops a byte order mark and reads on in its encoding. In the middle of a file there is none, whatever the bytes are.
    /// </summary>
    public static bool MayBeTakenForByteOrderMark(ReadOnlySpan<byte> text) => text.Length > 0 && text[0] is 0 or 0xEF or 0xFE or 0xFF;

    /// <returns>A reader that is positioned on the record.</returns>
    public static CsvReader OpenSingle(ReadOnlySpan<byte> record, CsvReaderOptions options)
    {
        // The blank line is skipped, and keeps the record's first bytes from being taken for a byte order mark.
        var text = new byte[record.Length + 1];
        text[0] = (byte)'\n';
        record.CopyTo(text.AsSpan(1));
        var reader = CsvReader.Create(text, options);
        reader.Read();
        return reader;
    }

    /// <summary>The text of a field without the blanks around it and without the apostrophe before what a spreadsheet would run.</summary>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> field) => CsvCell.TextIn(TrimmedText.Of(field));

    public static string TextOf(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(Unescape(field));
}
