using System.Text;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;
using CsCheck;

namespace CertFunctions.Core.Tests.Ingestion;

public sealed class ReportWriterTests
{
    private static readonly JobResult Awarded = new(null, null, ChangeOutcome.Awarded, null, null, null);
    private static readonly JobResult Failed = new(null, null, ChangeOutcome.Failed, "user_not_found", "Nobody has this username.", null);

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
    public async Task Keeps_every_byte_of_a_file_and_appends_its_columns(string name, string? charset = null)
    {
        var file = FileReading.FileNamed(name);
        var format = FileReading.FormatOf(file, charset: charset);
        Assert.True(CsvCharset.TryFind(format.Charset, out var encoding));

        var report = encoding.GetString(await ReportAsync(file, format, _ => Awarded));

        var end = string.Join(format.Separator, ["", "ok", "awarded", "", "", ""]) + format.NewLine;
        var head = string.Join(format.Separator, ["", "row_status", "outcome", "error_code", "error_message", "original_row"]) + format.NewLine;
        Assert.Equal(format.FirstLine - 1, report[..report.IndexOf(end, StringComparison.Ordinal)].Count(c => c == '\n'));
        Assert.Equal(encoding.GetString(file), report.Replace(end, format.NewLine, StringComparison.Ordinal).Replace(head, format.NewLine, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Says_what_became_of_each_row()
    {
        Assert.Equal(
            """
            a,b,row_status,outcome,error_code,error_message,original_row
            1,x,ok,awarded,,,
            2,x,error,failed,user_not_found,Nobody has this username.,
            3,x,ok,skipped,already_held,The user holds it.,
            4,x,,,,,

            """,
            await ReportAsync("a,b", "1,x\n2,x\n3,x\n4,x\n", line => line switch
            {
                1 => Awarded,
                2 => Failed,
                3 => new(null, null, ChangeOutcome.Skipped, "already_held", "The user holds it.", null),
                _ => null,
            }));
    }

    [Fact]
    public async Task Puts_its_columns_in_the_place_of_those_of_an_earlier_report() => Assert.Equal(
        "a,b,row_status,outcome,error_code,error_message,original_row\n1,2,ok,awarded,,,\n",
        await ReportAsync("a,Row_Status,error_code,b,outcome", "1,error,user_not_found,2,failed\n", _ => Awarded));

    [Fact]
    public async Task Pads_or_cuts_a_row_to_the_headers_width_and_keeps_it_as_it_came_beside_that() => Assert.Equal(
        "a,b,row_status,outcome,error_code,error_message,original_row\n1,,ok,awarded,,,1\n1,2,ok,awarded,,,\"1,2,3\"\n\"x,y\",,ok,awarded,,,\"\"\"x,y\"\n5,6,ok,awarded,,,\n",
        await ReportAsync("a,b", "1\n1,2,3\n\"x,y\n\n5,6\n", _ => Awarded));

    public static TheoryData<string, string> CutRows => new()
    {
        { "peter,2026-01-01,oops", "field_count_mismatch" },
        { "peter", "field_count_mismatch" },
        { "\"peter\".carter,2026-01-01", "field_count_mismatch" },
        { "\"peter,2026-01-01", "field_count_mismatch" },
        { "=peter,'-1,oops", "field_count_mismatch" },
        { "peter,2026-01-01,\"oo\"\"ps\"", "field_count_mismatch" },
        { $"peter,2026-01-01,{new string('"', 400_000)}", "field_count_mismatch" },
        { $"\"peter\".carter,{new string('"', 900_000)}", "field_count_mismatch" },
        { $"peter,2026-01-01,{new string(',', 2_000_000)}", "field_too_long" },
    };

    [Theory]
    [MemberData(nameof(CutRows))]
    public async Task A_row_that_was_cut_fails_again_until_its_original_is_gone(string cut, string code)
    {
        var format = Samples.Format("group_id,group_name");
        var row = Encoding.UTF8.GetBytes(cut + "\n");
        var said = Assert.Single(ReadRow.ReadAll(format, cut + "\n")).Error;
        var first = await ReportAsync(format, row, _ => new(null, null, ChangeOutcome.Failed, said, "No.", null), 4_000_000);
        var report = FileReading.FormatOf(first, ImportKind.Groups);
        var second = await ReportAsync(report, first, _ => new(null, null, ChangeOutcome.Failed, said, "No.", null), 4_000_000);

        Assert.Equal(code, said);
        Assert.Equal(code, Assert.Single(ReadRow.ReadAll(report, first, 4_000_000)).Error);
        Assert.Equal(Encoding.UTF8.GetString(first), Encoding.UTF8.GetString(second));
        Assert.Null(Assert.Single(ReadRow.ReadAll(report with { RowsStart = 0, FirstLine = 1 }, "peter,2026-01-01,error,failed,field_count_mismatch,No.,\n")).Error);
    }

    [Fact]
    public async Task A_row_with_a_character_that_its_encoding_cannot_write_fails_again()
    {
        var format = Samples.Format("group_id,group_name") with { Charset = "shift_jis" };
        var first = await ReportAsync(format, "g-1,na\uFFFDme\n"u8.ToArray(), _ => new(null, null, ChangeOutcome.Failed, "bad_encoding", "No.", null), 1_000);

        Assert.Equal("bad_encoding", Assert.Single(ReadRow.ReadAll(FileReading.FormatOf(first, ImportKind.Groups), first, 1_000)).Error);
    }

    [Fact]
    public async Task Escapes_what_a_spreadsheet_would_run() => Assert.Equal(
        "a,b,row_status,outcome,error_code,error_message,original_row\n'=1+1,-5,error,failed,'@x,'+y,\n''=1+1,'x,error,failed,'@x,'+y,\n'-5+1,-5.5,error,failed,'@x,'+y,\n",
        await ReportAsync("a,b", "=1+1,'-5\n''=1+1,'x\n-5+1,-5.5\n", _ => new(null, null, ChangeOutcome.Failed, "@x", "+y", null)));

    [Fact]
    public async Task Writes_of_a_row_too_large_to_hold_so_much_that_it_is_still_too_long()
    {
        var report = await ReportAsync("a,b", $"x,{new string('y', 5_000_000)}\n1,2\n", line => line == 1 ? new(null, null, ChangeOutcome.Failed, "field_too_long", "Too long.", null) : Awarded, 100_000);
        var again = ReadRow.ReadAll(Samples.Format("a,b,row_status,outcome,error_code,error_message,original_row"), report);

        Assert.InRange(report.Length, Limits.CsvFieldLength, 100_000);
        Assert.Equal(["field_too_long", null], again.Skip(1).Select(row => row.Error));
        Assert.StartsWith("||error|failed|field_too_long|Too long.|x,yyy", again[1].Cells, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_written_is_read_again_as_it_was() => await AnyTable.Select(AnyFormat).SampleAsync(
        async (table, format) =>
        {
            var text = string.Concat(table.Select(row => string.Join(format.Separator, row.Select(Written)) + format.NewLine));
            var report = await ReportAsync(format, Encoding.UTF8.GetBytes(text), _ => Failed, 50);
            var read = ReadRow.ReadAll(
                FileReading.FormatOf(report, ImportKind.Groups, format.Charset), await FileReading.Utf8Async(format, report), 50);

            Assert.Equal(table.Select(row => string.Join('|', [.. row, "error", "failed", Failed.Code, Failed.Detail, ""])), read.Select(row => row.Cells));
        },
        iter: 300);

    private static readonly string[] Parts = ["a", "B", " x", "\"", ",", ";", "\t.", "\n.", "\r\n.", "'", "=", "-1", "@", "é", "日本", "😀", "\u200B", "\u202E"];

    /// <summary>Cells that say something to us: trimmed.</summary>
    private static readonly Gen<string> Cell = Gen.Int[0, Parts.Length - 1].Array[0, 5]
        .Select(parts => string.Concat(parts.Select(part => Parts[part])).Trim(' ', '\t', '\r', '\n', '\u200B'));

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

    /// <summary>As whoever knows the rule of the apostrophe writes it.</summary>
    private static string Written(string cell) =>
        Quoted(cell.TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + cell : cell);

    private static string Quoted(string cell) => $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static async Task<string> ReportAsync(string columns, string text, Func<int, JobResult?> find, int chunk = 4_000_000) =>
        Encoding.UTF8.GetString(await ReportAsync(Samples.Format(columns), Encoding.UTF8.GetBytes(text), find, chunk));

    private static async Task<byte[]> ReportAsync(byte[] file, CsvFormat format, Func<int, JobResult?> find) =>
        await ReportAsync(format, await FileReading.Utf8Async(format, file), find, 100);

    /// <param name="text">In UTF-8.</param>
    private static async Task<byte[]> ReportAsync(CsvFormat format, ReadOnlyMemory<byte> text, Func<int, JobResult?> find, int chunk)
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
