using System.Text;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;
using CsCheck;

namespace CertFunctions.Core.Tests.Ingestion;

public sealed class ReportWriterTests
{
    private static readonly ReportLine Awarded = new(AwardOutcome.Awarded, null, null);
    private static readonly ReportLine Failed = new(AwardOutcome.Failed, "user_not_found", "Nobody has this username.");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("utf-8-bom.csv")]
    [InlineData("utf-16-le-bom.csv")]
    [InlineData("utf-16-be-bom.csv")]
    [InlineData("windows-1252.csv", "windows-1252")]
    [InlineData("sep-line.csv")]
    [InlineData("tab.csv")]
    [InlineData("crlf.csv")]
    [InlineData("reordered.csv")]
    public async Task Keeps_every_byte_of_a_file_and_appends_four_columns(string name, string? charset = null)
    {
        var file = FileReading.FileNamed(name);
        var format = FileReading.FormatOf(file, charset: charset);
        Assert.True(CsvCharset.TryFind(format.Charset, out var encoding));

        var report = encoding.GetString(await ReportAsync(file, format, _ => Awarded));

        var end = string.Join(format.Separator, ["", "ok", "awarded", "", ""]) + format.NewLine;
        var head = string.Join(format.Separator, ["", "row_status", "outcome", "error_code", "error_message"]) + format.NewLine;
        Assert.Equal(format.FirstLine - 1, report[..report.IndexOf(end, StringComparison.Ordinal)].Count(c => c == '\n'));
        Assert.Equal(encoding.GetString(file), report.Replace(end, format.NewLine, StringComparison.Ordinal).Replace(head, format.NewLine, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_what_became_of_each_row()
    {
        Assert.Equal(
            """
            a,b,row_status,outcome,error_code,error_message
            1,x,ok,awarded,,
            2,x,error,failed,user_not_found,Nobody has this username.
            3,x,ok,skipped,already_held,The user holds it.
            4,x,,,,

            """,
            await ReportAsync("a,b", "1,x\n2,x\n3,x\n4,x\n", line => line switch
            {
                1 => Awarded,
                2 => Failed,
                3 => new(AwardOutcome.Skipped, "already_held", "The user holds it."),
                _ => null,
            }));
    }

    [Fact]
    public async Task Puts_its_columns_in_the_place_of_those_of_an_earlier_report() => Assert.Equal(
        "a,b,row_status,outcome,error_code,error_message\n1,2,ok,awarded,,\n",
        await ReportAsync("a,Row_Status,error_code,b,outcome", "1,error,user_not_found,2,failed\n", _ => Awarded));

    [Fact]
    public async Task Pads_or_cuts_a_row_to_the_headers_width_and_keeps_bad_lines_as_one_cell() => Assert.Equal(
        "a,b,row_status,outcome,error_code,error_message\n1,,ok,awarded,,\n1,2,ok,awarded,,\n\"x,y\",,ok,awarded,,\n5,6,ok,awarded,,\n",
        await ReportAsync("a,b", "1\n1,2,3\n\"x,y\n\n5,6\n", _ => Awarded));

    [Fact]
    public async Task Escapes_what_a_spreadsheet_would_run() => Assert.Equal(
        "a,b,row_status,outcome,error_code,error_message\n\"'=1+1\",\"'-5\",error,failed,\"'@x\",\"'+y\"\n\"'=1+1\",'x,error,failed,\"'@x\",\"'+y\"\n",
        await ReportAsync("a,b", "=1+1,-5\n'=1+1,'x\n", _ => new(AwardOutcome.Failed, "@x", "+y")));

    [Fact]
    public async Task Writes_of_a_row_too_large_to_hold_so_much_that_it_is_still_too_long()
    {
        var report = await ReportAsync("a,b", $"x,{new string('y', 5_000_000)}\n1,2\n", line => line == 1 ? Failed : Awarded, 100_000);
        var again = ReadRow.ReadAll(Samples.Format("a,b,row_status,outcome,error_code,error_message"), report);

        Assert.InRange(report.Length, Limits.CsvFieldLength, 100_000);
        Assert.Equal([null, "field_too_long", null], again.Select(row => row.Error));
        Assert.EndsWith("|error|failed|user_not_found|Nobody has this username.", again[1].Cells, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was() => await AnyTable.Select(AnyFormat).SampleAsync(
        async (table, format) =>
        {
            var text = string.Concat(table.Select(row => string.Join(format.Separator, row.Select(Quoted)) + format.NewLine));
            var report = await ReportAsync(format, Encoding.UTF8.GetBytes(text), _ => Failed, 50);
            var read = ReadRow.ReadAll(
                FileReading.FormatOf(report, ImportKind.Groups, format.Charset), await FileReading.Utf8Async(format, report), 50);

            Assert.Equal(table.Select(row => string.Join('|', [.. row, "error", "failed", Failed.Code, Failed.Detail])), read.Select(row => row.Cells));
        },
        iter: 300);

    private static readonly string[] Parts = ["a", "B", " x", "\"", ",", ";", "\t.", "\n.", "\r\n.", "'", "=", "-1", "@", "é", "日本", "😀", "\u200B", "\u202E"];

    /// <summary>Cells that say something to us: trimmed, and none that begins as an escaped formula does.</summary>
    private static readonly Gen<string> Cell = Gen.Int[0, Parts.Length - 1].Array[0, 5]
        .Select(parts => string.Concat(parts.Select(part => Parts[part])).Trim(' ', '\t', '\r', '\n', '\'', '\u200B'));

    private static readonly Gen<string[][]> AnyTable =
        Gen.Select(Cell.Where(cell => cell.Length > 0), Cell, Cell).Select((a, b, c) => new[] { a, b, c }).Array[0, 10];

    private static readonly Gen<CsvFormat> AnyFormat = Gen.Select(Gen.Int[0, 2], Gen.Bool, Gen.Bool, Gen.Int[0, 2]).Select(
        (separator, hasSeparatorLine, hasWindowsLines, charset) => Samples.Format("group_id,group_name,note") with
        {
            Separator = ",;\t"[separator],
            HasSeparatorLine = hasSeparatorLine,
            NewLine = hasWindowsLines ? "\r\n" : "\n",
            Charset = new[] { "utf-8", "utf-16", "utf-16BE" }[charset],
            HasByteOrderMark = charset > 0,
        });

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<string> ReportAsync(string columns, string text, Func<int, ReportLine?> find, int chunk = 4_000_000) =>
        Encoding.UTF8.GetString(await ReportAsync(Samples.Format(columns), Encoding.UTF8.GetBytes(text), find, chunk));

    private static async Task<byte[]> ReportAsync(byte[] file, CsvFormat format, Func<int, ReportLine?> find) =>
        await ReportAsync(format, await FileReading.Utf8Async(format, file), find, 100);

    /// <param name="text">In UTF-8.</param>
    private static async Task<byte[]> ReportAsync(CsvFormat format, ReadOnlyMemory<byte> text, Func<int, ReportLine?> find, int chunk)
    {
        using var report = new MemoryStream();
        var writer = new ReportWriter(format);
        await writer.WriteHeaderAsync(report, Cancellation);
        var (from, at, taken) = (format.RowsStart, format.Start, chunk);
        for (var isLast = false; !isLast;)
        {
            isLast = from + taken >= text.Length;
            var written = await writer.WriteRowsAsync(
                isLast ? text[from..] : text.Slice(from, taken), at, isLast, find, report, Cancellation);
            (from, at, taken) = (from + written.BytesRead, written.Next, written.BytesRead == 0 ? taken * 2 : chunk);
        }

        return report.ToArray();
    }
}
