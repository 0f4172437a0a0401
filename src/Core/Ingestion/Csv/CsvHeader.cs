using System.Text;
using System.Text.Unicode;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>Finds the header of a file and, by it, the separator.</summary>
internal static class CsvHeader
{
    public static Outcome<CsvFormat> Find(CsvHead head, ImportKind kind, char? asked)
    {
        var text = head.Text.Span;
        var (at, line) = SkipBlankLines(text, 0, 1, asked);
        var hint = ReadSeparatorLine(text[at..]);
        if (hint is not null)
        {
            (at, line) = SkipBlankLines(text, at + LineLength(text[at..]), line + 1, hint);
        }

        if (at == text.Length)
        {
            return head.IsWholeFile ? FileEmpty() : NoHeader();
        }

        var header = text[at..];
        var firstLine = header[..LineEnd(header)];
        if (firstLine.IndexOf((byte)0) >= 0 || !Utf8.IsValid(firstLine) || firstLine.IndexOf("\uFFFD"u8) >= 0)
        {
            return CsvHead.BadEncoding(WhyUnreadable(firstLine, head.Encoding));
        }

        var separator = hint ?? asked ?? DetectSeparator(header, kind);
        var extent = CsvExtent.Of(header, new CsvRecord((byte)separator), isLast: true);
        if (extent.Next == header.Length && !head.IsWholeFile)
        {
            return NoHeader();
        }

        var columns = ReadColumns(header, separator);
        return WhyUnusable(columns, kind, header) ?? (Outcome<CsvFormat>)new CsvFormat
        {
            Charset = head.Encoding.WebName,
            HasByteOrderMark = head.HasByteOrderMark,
            Separator = separator,
            HasSeparatorLine = hint is not null,
            NewLine = NewLineOf(header[extent.Length..extent.Next]),
            Columns = columns,
            RowsStart = head.Utf8.Length - header.Length + extent.Next,
            FirstLine = line + CsvLineBreak.Count(header[..extent.Next]),
        };
    }

    private static Rejection FileEmpty() => Rejection.Unprocessable(ErrorCode.FileEmpty, "The file has no line that is not blank.");

    private static Rejection NoHeader() =>
        Rejection.Unprocessable(ErrorCode.MissingRequiredColumn, $"The first {CsvFormat.HeadBytes:n0} bytes of the file have no whole header line.");

    private static string WhyUnreadable(ReadOnlySpan<byte> line, Encoding encoding) => line.IndexOf((byte)0) switch
    {
        >= 0 when line.Count((byte)0) >= line.Length / 3 => "The file looks like UTF-16 without a byte order mark. Say charset=utf-16, or save it as CSV in UTF-8.",
        >= 0 => "The header line has NUL bytes: the file looks binary. Save it as CSV in UTF-8.",
        _ => $"The header line is not valid {encoding.WebName}. Say the charset, or save the file as CSV in UTF-8.",
    };

    private static Rejection? WhyUnusable(List<string> columns, ImportKind kind, ReadOnlySpan<byte> header)
    {
        var repeated = columns.Where(name => name.Length > 0)
            .GroupBy(name => name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1);
        var missing = CsvColumns.Missing(kind, columns).ToList();
        if (missing.Count > 0)
        {
            var markup = CsvLookalike.IsMarkup(header) ? " The file looks like HTML or XML." : "";
            return Rejection.Unprocessable(ErrorCode.MissingRequiredColumn, $"The header has no column {string.Join(", ", missing)}.{markup}");
        }

        return repeated is null
            ? null
            : Rejection.Unprocessable(ErrorCode.DuplicateColumn, $"The header has the column {repeated.Key} {repeated.Count()} times.");
    }

    /// <summary>The one that finds the most of our columns; of two that find as many, the one that occurs more.</summary>
    private static char DetectSeparator(ReadOnlySpan<byte> header, ImportKind kind)
    {
        var best = (Separator: CsvSeparator.Usual[0], Known: -1, Columns: 0);
        foreach (var separator in CsvSeparator.Usual)
        {
            var columns = ReadColumns(header, separator);
            var known = columns.Count(name => CsvColumns.IsKnown(kind, name));
            if (known > best.Known || (known == best.Known && columns.Count > best.Columns))
            {
                best = (separator, known, columns.Count);
            }
        }

        return best.Separator;
    }

    private static List<string> ReadColumns(ReadOnlySpan<byte> header, char separator)
    {
        var record = new CsvRecord((byte)separator);
        CsvExtent.Of(header, record, isLast: true);
        var columns = new List<string>(record.FieldCount);
        for (var index = 0; index < record.FieldCount; index++)
        {
            columns.Add(Encoding.UTF8.GetString(CsvCell.Read(record.FieldOf(header, index))));
        }

        return columns;
    }

    private static char? ReadSeparatorLine(ReadOnlySpan<byte> text)
    {
        var line = Encoding.UTF8.GetString(text[..Math.Min(LineEnd(text), 8)]);
        return line.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && CsvSeparator.TryParse(line[4..], out var separator)
            ? separator
            : null;
    }

    /// <param name="separator">Where it is known; a row of the usual ones alone is blank in any case.</param>
    private static (int At, int Line) SkipBlankLines(ReadOnlySpan<byte> text, int at, int line, char? separator)
    {
        ReadOnlySpan<byte> blanks = [.. " \t,;"u8, (byte)(separator ?? ' ')];
        while (at < text.Length && text.Slice(at, LineEnd(text[at..])).IndexOfAnyExcept(blanks) < 0)
        {
            at += LineLength(text[at..]);
            line++;
        }

        return (at, line);
    }

    private static int LineEnd(ReadOnlySpan<byte> text) => text.IndexOfAny((byte)'\r', (byte)'\n') is var end and >= 0 ? end : text.Length;

    private static int LineLength(ReadOnlySpan<byte> text)
    {
        var end = LineEnd(text);
        return end == text.Length ? end : end + CsvLineBreak.LengthAt(text, end, isLast: true);
    }

    private static string NewLineOf(ReadOnlySpan<byte> lineBreak) => lineBreak.Length == 0 ? "\r\n" : Encoding.ASCII.GetString(lineBreak);
}
