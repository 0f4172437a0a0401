namespace CertFunctions.Core.Ingestion;

/// <summary>What can be wrong with a row of any kind.</summary>
internal static class RowErrors
{
    public static readonly RowError BadQuotes = new(
        "field_count_mismatch", "A quote is not closed, or text follows a closing quote; the line was read for itself.");

    public static readonly RowError FieldTooLong = new("field_too_long", $"A cell has more than {Limits.CsvFieldLength:n0} characters.");

    public static readonly RowError BadEncoding = new(
        "bad_encoding", "The row has bytes that are no text in the file's encoding, a NUL or U+FFFD, the sign of a lost character.");

    public static readonly RowError UsernameBlank = new("username_blank", "The username is blank.");

    public static RowError FieldCountMismatch(int cells, int columns) =>
        new("field_count_mismatch", $"The row has {cells} cells, the header {columns}.");

    /// <param name="what">What both say, such as "user and certification".</param>
    public static RowError Duplicate(int line, string what) => new("duplicate_in_file", $"Line {line} has the same {what}.");
}
