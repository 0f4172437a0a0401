using CertFunctions.Core.Ingestion;
using CsCheck;

namespace CertFunctions.Core.Tests.Ingestion;

public sealed class CsvRowsTests
{
    private static readonly CsvFormat Format = new()
    {
        Charset = "utf-8",
        HasByteOrderMark = false,
        Separator = ',',
        HasSeparatorLine = false,
        NewLine = "\n",
        Columns = ["a", "b"],
        RowsStart = 0,
        FirstLine = 1,
    };

    private static readonly string[] Parts =
        ["a", "b", ",", "\"", "\"\"", "\n", "\r\n", "\r", " ", "\t", "é", "😀", "\uFEFF", "\0", "x,y\n", "\"x\",", ",\"y\"\n"];

    private static readonly Gen<string> AnyText =
        Gen.Int[0, Parts.Length - 1].Array[0, 40].Select(chosen => string.Concat(chosen.Select(part => Parts[part])));

    [Fact]
    public void Chunks_of_any_size_give_the_rows_of_the_whole() => AnyText.Select(Gen.Int[1, 20]).Sample(
        (text, size) => Assert.Equal(ReadRow.ReadAll(Format, text), ReadRow.ReadAll(Format, text, size)), iter: 20_000);
}
