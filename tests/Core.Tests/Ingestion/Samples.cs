using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Tests.Ingestion;

internal static class Samples
{
    /// <summary>Of a file that has no header any more: its first row is on line 1.</summary>
    public static CsvFormat Format(string columns = "a,b") => new()
    {
        Charset = "utf-8",
        HasByteOrderMark = false,
        Separator = ',',
        HasSeparatorLine = false,
        NewLine = "\n",
        Columns = columns.Split(','),
        RowsStart = 0,
        FirstLine = 1,
    };
}
