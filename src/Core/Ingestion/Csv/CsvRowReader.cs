using System.Text;
using System.Text.Unicode;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>The rows of a chunk of a file, one after the other. A bad row never stops the good ones.</summary>
/// <param name="chunk">Text in UTF-8 that begins where a row begins, or in a line that is being passed over.</param>
/// <param name="isLast">The file ends with it. Otherwise a row that it cuts off is left for the next chunk.</param>
public sealed class CsvRowReader(CsvFormat format, ReadOnlyMemory<byte> chunk, CsvPosition at, bool isLast)
{
    private readonly byte[] blanks = [(byte)' ', (byte)'\t', (byte)format.Separator];
    private readonly int originalRow = format.IndexOf(CsvColumns.OriginalRow);
    private readonly int errorCode = format.IndexOf(CsvColumns.ErrorCode);
    private readonly CsvWalk walk = new(chunk, format.Separator, at, isLast);

    /// <summary>Nearly every chunk is clean, and then no row has to be looked at.</summary>
    private readonly bool mayHaveBadText = HasBadText(chunk.Span);

    /// <summary>How much of the chunk is done: where the next one has to begin.</summary>
    public int BytesRead => walk.At;

    public CsvPosition Next => walk.Position;

    /// <summary>The line on which the row begins, counted from 1 in the whole file.</summary>
    public int Line => walk.Line;

    /// <summary>What is wrong with the row before anybody looks at what it says; null: it has a cell for each column.</summary>
    public RowError? Error { get; private set; }

    /// <summary>The row cannot be written again by its cells alone: it has more, or fewer, or others than the header has columns.</summary>
    public bool IsCut => walk.Kind != CsvExtentKind.Record || CellCount != format.Columns.Count;

    /// <summary>As it came, without the line break; of a line that is too long to keep, the beginning.</summary>
    public ReadOnlySpan<byte> Raw => walk.Raw;

    public bool IsWhole => walk.Kind != CsvExtentKind.LongLine;

    /// <summary>How the row came before a report cut it: while that is there, nobody has mended it.</summary>
    public ReadOnlySpan<byte> Original => IsCut ? default : Cell(originalRow);

    public int CellCount => walk.FieldCount;

    public bool Read()
    {
        while (walk.Next())
        {
            if (!IsBlank(walk.Raw))
            {
                Error = WhatIsWrong();
                return true;
            }
        }

        return false;
    }

    /// <summary>In UTF-8, trimmed as <see cref="TrimmedText"/> says, without the apostrophe before a formula; empty where the row has no such cell.</summary>
    public ReadOnlySpan<byte> Cell(int column) => column < 0 ? default : CsvCell.Read(walk.FieldAt(column));

    public string Text(int column) => Encoding.UTF8.GetString(Cell(column));

    /// <returns>Null: the cell is no id.</returns>
    internal LmsId? Id(int column) => LmsId.TryParse(Text(column), out var id) ? id : null;

    private static bool HasBadText(ReadOnlySpan<byte> text) =>
        !Utf8.IsValid(text) || text.Contains((byte)0) || text.IndexOf("\uFFFD"u8) >= 0;

    /// <summary>Nothing but white space and separators: spreadsheets leave such rows behind the last one that was filled in.</summary>
    private bool IsBlank(ReadOnlySpan<byte> raw) =>
        (raw[0] is (byte)' ' or (byte)'\t' || raw[0] == format.Separator) && raw.IndexOfAnyExcept(blanks) < 0;

    private RowError? WhatIsWrong() => walk.Kind switch
    {
        CsvExtentKind.LongLine => RowErrors.FieldTooLong,
        CsvExtentKind.BadLine => RowErrors.BadQuotes,
        _ when CellCount != format.Columns.Count => RowErrors.FieldCountMismatch(CellCount, format.Columns.Count),
        _ when Original.Length > 0 => RowErrors.StillCut(Text(errorCode)),
        _ when walk.Raw.Length > Limits.CsvFieldLength && HasLongCell() => RowErrors.FieldTooLong,
        _ when mayHaveBadText && HasBadText(walk.Raw) => RowErrors.BadEncoding,
        _ => null,
    };

    private bool HasLongCell()
    {
        for (var column = 0; column < CellCount; column++)
        {
            if (Cell(column) is { Length: > Limits.CsvFieldLength } cell && Encoding.UTF8.GetCharCount(cell) > Limits.CsvFieldLength)
            {
                return true;
            }
        }

        return false;
    }
}
