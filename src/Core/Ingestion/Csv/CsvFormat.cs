using System.Text;
using System.Text.Json.Serialization;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>How a file is written, found out from its beginning. Kept with its job: the report is written alike.</summary>
public sealed record CsvFormat
{
    /// <summary>How much of the beginning of a file has to be seen. The header must end in it.</summary>
    public const int HeadBytes = 64 * 1024;

    /// <summary>As .NET names the encoding, such as <c>utf-8</c> or <c>windows-1252</c>.</summary>
    public required string Charset { get; init; }

    public required bool HasByteOrderMark { get; init; }

    public required char Separator { get; init; }

    /// <summary>Whether the file begins with a line <c>sep=</c>.</summary>
    public required bool HasSeparatorLine { get; init; }

    /// <summary>CR LF, LF or CR: as it ends the header.</summary>
    public required string NewLine { get; init; }

    /// <summary>The header's names as they are written, but trimmed; the columns of an earlier report among them.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Where the first row begins, in bytes of the text in UTF-8 (its byte order mark included).</summary>
    public required int RowsStart { get; init; }

    /// <summary>The line that begins at <see cref="RowsStart"/>.</summary>
    public required int FirstLine { get; init; }

    /// <summary>False: read it through <see cref="Utf8Stream"/>.</summary>
    [JsonIgnore]
    public bool IsUtf8 => Charset == Encoding.UTF8.WebName;

    /// <summary>False: U+FFFD, the sign of a lost character, cannot be written in it, and neither can the row that has one.</summary>
    [JsonIgnore]
    internal bool IsUnicode => Encoding.GetBytes("\uFFFD") is not [(byte)'?'];

    [JsonIgnore]
    public CsvPosition Start => new(FirstLine, SkipsLine: false);

    /// <param name="head">The first <see cref="HeadBytes"/> of the file as it is.</param>
    /// <param name="isWholeFile">There is no more of it.</param>
    /// <param name="separator">As the sender says; null: not said.</param>
    /// <param name="charset">As the sender says; null: not said. A byte order mark says more.</param>
    /// <returns>
    /// Refused as <c>file_empty</c>, <c>missing_required_column</c>, <c>duplicate_column</c> or <c>bad_encoding</c>.
    /// </returns>
    public static Outcome<CsvFormat> Detect(
        ReadOnlySpan<byte> head, bool isWholeFile, ImportKind kind, char? separator = null, string? charset = null) =>
        CsvHead.Decode(head, isWholeFile, charset).IsDone(out var text, out var why)
            ? CsvHeader.Find(text, kind, separator)
            : why;

    /// <summary>The text of the file in UTF-8. Bytes that are none in the file's encoding come as U+FFFD.</summary>
    public Stream Utf8Stream(Stream file) =>
        IsUtf8 ? file : Encoding.CreateTranscodingStream(file, Encoding, Encoding.UTF8);

    /// <summary>Takes text in UTF-8 and writes it in the file's encoding. Leaves the file open.</summary>
    internal Stream FileStream(Stream file) =>
        Encoding.CreateTranscodingStream(file, Encoding, Encoding.UTF8, leaveOpen: true);

    /// <returns>-1: there is no such column.</returns>
    internal int IndexOf(string column)
    {
        for (var index = 0; index < Columns.Count; index++)
        {
            if (Columns[index].Equals(column, StringComparison.OrdinalIgnoreCase))
            {
                return index;
            }
        }

        return -1;
    }

    private Encoding Encoding => CsvCharset.TryFind(Charset, out var encoding)
        ? encoding
        : throw new InvalidOperationException($"There is no encoding {Charset}.");
}
