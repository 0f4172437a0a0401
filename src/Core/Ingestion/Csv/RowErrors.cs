namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>What can be wrong with a row of any kind.</summary>
internal static class RowErrors
{
    private const int QuotedLength = 60;

    public static readonly RowError BadQuotes = new(
        "field_count_mismatch", "A quote is not closed, or text follows a closing quote; the line was read for itself.");

    public static readonly RowError FieldTooLong = new("field_too_long", $"A cell has more than {Limits.CsvFieldLength:n0} characters.");

    public static readonly RowError BadEncoding = new(
        "bad_encoding", "The row has bytes that are no text in the file's encoding, a NUL or U+FFFD, the sign of a lost character.");

    public static readonly RowError UsernameBlank = new("username_blank", "The username is blank.");

    public static RowError FieldCountMismatch(int cells, int columns) =>
        new("field_count_mismatch", $"The row has {cells} cells, the header {columns}.");

    /// <param name="code">What a report said of the row when it cut it.</param>
    public static RowError StillCut(string code) => new(
        code == FieldTooLong.Code || code == BadEncoding.Code ? code : BadQuotes.Code,
        $"{CsvColumns.OriginalRow} is not blank: the row was cut when it was reported. Mend its cells, then empty {CsvColumns.OriginalRow}.");

    /// <param name="what">What both say, such as "user and certification".</param>
    public static RowError Duplicate(int line, string what) => new("duplicate_in_file", $"Line {line} has the same {what}.");

    public static readonly RowError BranchLimitReached = new(
        "branch_limit_reached", $"The file has more than {Limits.Branches:n0} branches, the most there can be.");

    public static RowError BranchCycle(string id) => new("branch_cycle", $"By the rows of this file branch {id} lies below itself.");

    public static RowError BranchNotFound(string id) => new("branch_not_found", $"There is no branch {Quote(id)}.");

    /// <param name="column">Such as <c>user_id</c>: the code is <c>user_id_invalid</c>.</param>
    public static RowError IdInvalid(string column, string text) => new($"{column}_invalid", $"{column} {Say(text)}: it {LmsId.Rule}.");

    public static RowError ActiveInvalid(string text) =>
        new("active_invalid", $"{CsvColumns.Active} {Say(text)}: it must be 1 or 0, true or false, yes or no, or blank.");

    /// <summary>Quotes a cell, or says that it is blank.</summary>
    public static string Say(string text) => text.Length == 0 ? "is blank" : $"is {Quote(text)}";

    public static string Quote(string text)
    {
        // Not in the middle of a surrogate pair.
        var end = text.Length <= QuotedLength ? text.Length : QuotedLength - (char.IsHighSurrogate(text[QuotedLength - 1]) ? 1 : 0);
        return end == text.Length ? $"'{text}'" : $"'{text[..end]}...'";
    }
}
