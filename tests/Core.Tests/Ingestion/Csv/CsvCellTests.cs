using System.Text;
using CertFunctions.Core.Ingestion.Csv;
using CsCheck;
using CsvHelper;

namespace CertFunctions.Core.Tests.Ingestion.Csv;

public sealed class CsvCellTests
{
    private static readonly string[] Parts =
        ["=", "+", "-", "@", "\t", "\r", "'", "''", "\"", ",", ";", "\n", " ", "1", "212", ".", "5", "a", "ada", "é", "日本", "😀", "\u200B", "\u00A0"];

    /// <summary>Any text that can be kept: its ends are trimmed on every way in.</summary>
    private static readonly Gen<string> Text = Gen.OneOf(
        Gen.Int[0, Parts.Length - 1].Array[0, 6].Select(parts => string.Concat(parts.Select(part => Parts[part]))),
        Gen.String).Select(text => new string([.. text.EnumerateRunes().Where(rune => rune.Value is not (0 or 0xFFFD)).SelectMany(rune => rune.ToString())]))
        .Select(TrimmedText.Of);

    [Fact]
    public void Any_text_is_read_as_it_was_written_and_run_by_no_spreadsheet() => Text.Sample(
        text =>
        {
            var (cell, read) = WriteAndRead(csv => csv.WriteText(text));
            var (ofBytes, _) = WriteAndRead(csv => csv.WriteText(Encoding.UTF8.GetBytes(text)));

            Assert.Equal(text, read);
            Assert.Equal(cell, ofBytes);
            Assert.False(IsRun(cell), cell);
        },
        iter: 20_000);

    [Fact]
    public void Any_number_is_written_and_read_as_it_is() => Gen.OneOf(Gen.Int.Select(n => $"{n}"), Gen.Decimal.Select(n => FormattableString.Invariant($"{n}")))
        .Sample(number =>
        {
            var (cell, read) = WriteAndRead(csv => csv.WriteText(number));

            Assert.Equal((number, number), (cell, read));
        });

    [Theory]
    [InlineData("-212", "-212")]
    [InlineData("-1.5", "-1.5")]
    [InlineData("-1+1", "'-1+1")]
    [InlineData("-.5", "'-.5")]
    [InlineData("-", "'-")]
    [InlineData("+5", "'+5")]
    [InlineData("=1", "'=1")]
    [InlineData("'=ada", "''=ada")]
    [InlineData("'-dash", "''-dash")]
    [InlineData("'-212", "''-212")]
    [InlineData("''=x", "'''=x")]
    [InlineData("'tis", "'tis")]
    public void Only_what_begins_as_a_formula_gets_an_apostrophe(string text, string cell) =>
        Assert.Equal((cell, text), WriteAndRead(csv => csv.WriteText(text)));

    private static bool IsRun(string cell) =>
        cell is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] && !(cell[0] == '-' && cell[1..].All(c => char.IsAsciiDigit(c) || c == '.'));

    /// <returns>The cell as any CSV reader finds it, and the text as we read it.</returns>
    private static (string Cell, string Text) WriteAndRead(Action<CsvWriter> write)
    {
        using var file = new MemoryStream();
        using (var csv = CsvWriter.Create(file, new CsvWriterOptions { Separator = ',', NewLine = "\n" }, leaveOpen: true))
        {
            csv.WriteField("x");
            write(csv);
            csv.EndRecord();
        }

        using var reader = CsvReader.Create(file.ToArray(), new CsvReaderOptions { HasHeader = false, Separator = ',' });
        Assert.True(reader.Read());
        var row = new CsvRowReader(Samples.Format(), file.ToArray(), Samples.Format().Start, isLast: true);
        Assert.True(row.Read());
        return (reader.GetString(1), row.Text(1));
    }
}
