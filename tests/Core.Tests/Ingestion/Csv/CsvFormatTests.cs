using System.Text;
using System.Text.Json;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Tests.Ingestion.Csv;

public sealed class CsvFormatTests
{
    private const string Header = "group_id,group_name";

    [Fact]
    public void Is_kept_as_json()
    {
        var format = FileReading.FormatOf(FileReading.FileNamed("sep-line.csv"));

        var read = JsonSerializer.Deserialize<CsvFormat>(JsonSerializer.Serialize(format))!;

        Assert.Equal(format.Columns, read.Columns);
        Assert.Equal(format with { Columns = read.Columns }, read);
    }

    [Theory]
    [InlineData("", Header, 1)]
    [InlineData("\uFEFF", Header, 1)]
    [InlineData("sep=,\r\n", Header, 2)]
    [InlineData("\uFEFFSEP=,\n\n", Header, 3)]
    [InlineData("\r\n \n", Header, 3)]
    [InlineData("", "group_id,\"group_name\",\"two\nlines\"", 2)]
    public void Knows_where_the_rows_begin(string before, string header, int lines)
    {
        var file = Encoding.UTF8.GetBytes($"{before}{header}\r\nfirst");

        var format = Detected(file);

        Assert.Equal("first", Encoding.UTF8.GetString(file.AsSpan(format.RowsStart)));
        Assert.Equal(lines + 1, format.FirstLine);
        Assert.Equal("\r\n", format.NewLine);
    }

    [Theory]
    [InlineData("utf-16-le-bom.csv", "utf-16")]
    [InlineData("utf-16-be-bom.csv", "utf-16BE")]
    [InlineData("utf-8-bom.csv", "utf-8")]
    public async Task Counts_where_the_rows_begin_in_the_text_as_it_is_read(string name, string charset)
    {
        var file = FileReading.FileNamed(name);
        var format = FileReading.FormatOf(file);

        var rows = (await FileReading.Utf8Async(format, file)).AsSpan(format.RowsStart);

        Assert.Equal((charset, true), (format.Charset, format.HasByteOrderMark));
        Assert.StartsWith("ada,FIRE-1", Encoding.UTF8.GetString(rows), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("group_id;group_name", null, ';')]
    [InlineData("group_id\tgroup_name", null, '\t')]
    [InlineData("group_id,group_name,x;y;z;v;w", null, ',')]
    [InlineData("\"group_id\",\"group_name\",\"a;b;c;d\"", null, ',')]
    [InlineData("group_id|group_name", '|', '|')]
    [InlineData("sep=;\ngroup_id;group_name", ',', ';')]
    public void Finds_the_separator(string file, char? asked, char separator) =>
        Assert.Equal(separator, Detected(Encoding.UTF8.GetBytes(file), asked).Separator);

    [Fact]
    public void A_byte_order_mark_says_more_than_the_sender() =>
        Assert.Equal("utf-8", Detected([.. "\uFEFF"u8, .. "group_id,group_name"u8], charset: "windows-1252").Charset);

    [Fact]
    public void Refuses_an_encoding_that_nobody_knows() => Assert.Equal("bad_encoding", WhyNot("group_id,group_name", charset: "klingon"));

    [Theory]
    [InlineData(CsvFormat.HeadBytes - 1, null)]
    [InlineData(CsvFormat.HeadBytes, "missing_required_column")]
    public void The_header_ends_in_the_head_of_the_file(int length, string? code)
    {
        var header = $"{Header},{new string('x', length - Header.Length - 1)}\n";

        Assert.Equal(code, WhyNot(header));
    }

    [Theory]
    [InlineData("group_id,name", "group_name")]
    [InlineData("a,b,c", "group_id, group_name")]
    public void Names_what_is_missing(string header, string missing)
    {
        Assert.False(FileReading.Detect(Encoding.UTF8.GetBytes(header), ImportKind.Groups).IsDone(out _, out var why));
        Assert.Equal($"The header has no column {missing}.", why.Detail);
    }

    [Theory]
    [InlineData("gzip.csv", "gzip")]
    [InlineData("xlsx.csv", "Excel")]
    [InlineData("utf-16-without-bom.csv", "UTF-16")]
    [InlineData("html.csv", "HTML")]
    [InlineData("invalid-utf-8-in-header.csv", "utf-8")]
    public void Says_what_a_file_looks_like(string name, string what)
    {
        Assert.False(FileReading.Detect(FileReading.FileNamed(name)).IsDone(out _, out var why));
        Assert.Contains(what, why.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("comma", ',')]
    [InlineData(";", ';')]
    [InlineData("TAB", '\t')]
    [InlineData("\t", '\t')]
    [InlineData("|", '|')]
    public void A_separator_is_named_or_given(string text, char expected)
    {
        Assert.True(CsvSeparator.TryParse(text, out var separator));
        Assert.Equal(expected, separator);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("1")]
    [InlineData("\"")]
    [InlineData("\n")]
    [InlineData("é")]
    [InlineData(",,")]
    public void Nothing_else_is_a_separator(string? text) => Assert.False(CsvSeparator.TryParse(text, out _));

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("UTF-16", true)]
    [InlineData("windows-1252", true)]
    [InlineData("iso-8859-1", true)]
    [InlineData("shift_jis", true)]
    [InlineData("utf-7", false)]
    [InlineData("", false)]
    public void Knows_every_encoding_of_dotnet(string name, bool known) => Assert.Equal(known, CsvCharset.IsKnown(name));

    private static CsvFormat Detected(byte[] file, char? separator = null, string? charset = null) =>
        CsvFormat.Detect(file, isWholeFile: true, ImportKind.Groups, separator, charset).IsDone(out var format, out var why)
            ? format
            : throw new InvalidOperationException(why.Detail);

    private static string? WhyNot(string file, string? charset = null) =>
        FileReading.Detect(Encoding.UTF8.GetBytes(file), ImportKind.Groups, charset).IsDone(out _, out var why) ? null : why.Code;
}
