using System.Text;
using CsCheck;

namespace CertFunctions.Core.Tests.Ingestion.Csv;

public sealed class CsvRowReaderTests
{
    private static readonly string[] Parts =
        ["a", "b", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "\t", "é", "😀", "\uFEFF", "\0", "x,y\n", "\"x\",", ",\"y\"\n"];

    private static readonly Gen<string> AnyText =
        Gen.Int[0, Parts.Length - 1].Array[0, 40].Select(chosen => string.Concat(chosen.Select(part => Parts[part])));

    [Fact]
    public void Chunks_of_any_size_give_the_rows_of_the_whole() => AnyText.Select(Gen.Int[1, 20]).Sample(
        (text, size) => Assert.Equal(Read(text), Read(text, size)), iter: 10_000);

    [Theory]
    [InlineData("\uFEFFa,b\n")]
    [InlineData("\"a\r\nb\",\"c\"\"\"\r\nd,e\r\n")]
    [InlineData("é,😀\r\n\r\n日本,x\r\n")]
    public void A_chunk_may_be_cut_at_any_byte(string text)
    {
        var whole = Read(text);

        Assert.All(Enumerable.Range(1, Encoding.UTF8.GetByteCount(text)), size => Assert.Equal(whole, Read(text, size)));
    }

    [Fact]
    public void Bytes_that_begin_a_chunk_are_no_byte_order_mark()
    {
        byte[] text = [.. "a,b\n"u8, 0xFF, 0xFE, .. "x,y\nc,d\n"u8];

        Assert.Equal(
            [new(1, null, "a|b"), new(2, "bad_encoding", "\uFFFD\uFFFDx|y"), new(3, null, "c|d")],
            ReadRow.ReadAll(Samples.Format(), text, 4));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1_000)]
    public void What_looks_like_a_separator_line_is_a_row_where_rows_are(int chunkBytes) => Assert.Equal(
        [new(1, null, "a|b"), new(2, "field_count_mismatch", "sep=;"), new(3, null, "c|d")],
        ReadRow.ReadAll(Samples.Format(), "a,b\nsep=;\nc,d\n", chunkBytes));

    [Theory]
    [InlineData("\"a,b\nc,d\n", "1 field_count_mismatch, 2")]
    [InlineData("\"a\"x,b\nc,d\n", "1 field_count_mismatch, 2")]
    [InlineData("\"a\nb\"x,y\nc,d\n", "1 field_count_mismatch, 2, 3")]
    [InlineData("a\"b,c\nd,e\"\n", "1, 2")]
    [InlineData(" \"a,a\" , \"b\nb\"\t\nc,d", "1, 3")]
    [InlineData("\"\",\"\"\n\"\"\"\",x", "1, 2")]
    [InlineData("x\"y,\"z\nx\"y,\"z\nx,y\n", "1 field_count_mismatch, 2 field_count_mismatch, 3")]
    public void A_bad_quote_costs_its_own_line_alone(string text, string verdict) => Assert.Equal(verdict, Verdict(Read(text)));

    [Theory]
    [InlineData("'=1+1", "=1+1")]
    [InlineData("'+1", "+1")]
    [InlineData("'-1", "-1")]
    [InlineData("'@x", "@x")]
    [InlineData("'\tx", "\tx")]
    [InlineData("\"'\rx\"", "\rx")]
    [InlineData("''=x", "'=x")]
    [InlineData("'x", "'x")]
    [InlineData("'", "'")]
    [InlineData("  '=x ", "=x")]
    public void One_apostrophe_before_a_formula_is_removed(string cell, string value) =>
        Assert.Equal($"{value}|y", Assert.Single(Read($"{cell},y")).Cells);

    [Theory]
    [InlineData(Limits.CsvFieldLength, null)]
    [InlineData(Limits.CsvFieldLength + 1, "field_too_long")]
    public void A_cell_has_so_many_characters_at_most(int length, string? error)
    {
        Assert.Equal(error, Assert.Single(Read($"x,{new string('a', length)}")).Error);
        Assert.Equal(error, Assert.Single(Read($"x,\"{new string('日', length)}\"")).Error);
        Assert.Null(Assert.Single(Read($"x{new string(' ', length)},y")).Error);
    }

    [Theory]
    [InlineData(Limits.CsvRecordBytes, 1)]
    [InlineData(Limits.CsvRecordBytes + 1, 2)]
    public void A_record_of_several_lines_that_is_longer_than_a_megabyte_is_read_line_by_line(int length, int rows)
    {
        var record = $"x,\"\n{new string('y', length - 5)}\"";

        Assert.Equal(rows, Read($"{record}\n").Count);
        Assert.Equal(rows, Read($"{record}\n", 300_000).Count);
        Assert.Equal(rows, Read(record, 300_000).Count);
    }

    [Theory]
    [InlineData(4 * 1024 * 1024)]
    [InlineData(1_000_003)]
    [InlineData(100_000)]
    public void A_cell_of_ten_megabytes_is_one_row_and_kept_in_part(int chunk)
    {
        var large = new string('y', 10_000_000);
        var rows = Read($"a,b\r\nx,{large}\r\nc,d\r\n\"{large}\",x\r\ne,f\r\n{large}", chunk);

        Assert.Equal("1, 2 field_too_long, 3, 4 field_too_long, 5, 6 field_too_long", Verdict(rows));
        Assert.StartsWith("x|yyy", rows[1].Cells, StringComparison.Ordinal);
        Assert.InRange(rows[1].Cells.Length, Limits.CsvFieldLength + 1, 100_000);
    }

    /// <summary>Seconds at most; it would be hours if each of the quotes were looked for to the end of the chunk.</summary>
    [Theory]
    [InlineData("\"a\n")]
    [InlineData("x\"y,\"z\n")]
    [InlineData("\"\"\"\n")]
    public void A_file_of_nothing_but_bad_quotes_takes_no_time_worth_speaking_of(string line)
    {
        const int lines = 100_000;

        Assert.InRange(Read(string.Concat(Enumerable.Repeat(line, lines))).Count, lines / 2, lines);
    }

    private static List<ReadRow> Read(string text, int chunk = int.MaxValue / 2) => ReadRow.ReadAll(Samples.Format(), text, chunk);

    private static string Verdict(IEnumerable<ReadRow> rows) =>
        string.Join(", ", rows.Select(row => row.Error is null ? $"{row.Line}" : $"{row.Line} {row.Error}"));
}
