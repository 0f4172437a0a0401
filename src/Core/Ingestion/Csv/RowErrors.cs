namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>What can be wrong with a row of any kind.</summary>
internal static class RowErrors
{
    private const int QuotedLength = 60;

    public static readonly RowError BadQuotes = new(
        ErrorCode.FieldCountMismatch, "A quote is not closed, or text follows a closing quote; the line was read for itself.");

    public static readonly RowError FieldTooLong = new(ErrorCode.FieldTooLong, $"A cell has more than {Limits.CsvFieldLength:n0} characters.");

    public static readonly RowError BadEncoding = new(
        ErrorCode.BadEncoding, "The row has bytes that are no text in the file's encoding, a NUL or U+FFFD, the sign of a lost character.");

    public static readonly RowError UsernameBlank = new(ErrorCode.UsernameBlank, "The username is blank.");

    public static RowError FieldCountMismatch(int cells, int columns) =>
        new(ErrorCode.FieldCountMismatch, $"The row has {cells} cells, the header {columns}.");

    /// <param name="code">What a report said of the row when it cut it.</param>
    public static RowError StillCut(string code) => new(
        code == FieldTooLong.Code || code == BadEncoding.Code ? code : BadQuotes.Code,
        $"{CsvColumns.OriginalRow} is not blank: the row was cut when it was reported. Mend its cells, then empty {CsvColumns.OriginalRow}.");

    /// <param name="what">What both say, such as "user and certification".</param>
    public static RowError Duplicate(int line, string what) => new(ErrorCode.DuplicateInFile, $"Line {line} has the same {what}.");

    public static readonly RowError BranchLimitReached = new(
        ErrorCode.BranchLimitReached, $"The file has more than {Limits.Branches:n0} branches, the most there can be.");

    public static RowError BranchCycle(string id) => new(ErrorCode.BranchCycle, $"By the rows of this file branch {id} lies below itself.");

    public static RowError BranchNotFound(string id) => new(ErrorCode.BranchNotFound, $"There is no branch {Quote(id)}.");

    public static RowError UserIdInvalid(string text) => IdInvalid(ErrorCode.UserIdInvalid, CsvColumns.UserId, text);

    public static RowError GroupIdInvalid(string text) => IdInvalid(ErrorCode.GroupIdInvalid, CsvColumns.GroupId, text);

    public static RowError BranchIdInvalid(string text) => IdInvalid(ErrorCode.BranchIdInvalid, CsvColumns.BranchId, text);

    private static RowError IdInvalid(string code, string column, string text) => new(code, $"{column} {Say(text)}: it {LmsId.Rule}.");

    public static RowError ActiveInvalid(string text) =>
        new(ErrorCode.ActiveInvalid, $"{CsvColumns.Active} {Say(text)}: it must be 1 or 0, true or false, yes or no, or blank.");

    /// <summary>Quotes a cell, or says that it is blank.</summary>
    public static string Say(string text) => text.Length == 0 ? "is blank" : $"is {Quote(text)}";

    public static string Quote(string text)
    {
        // Not in the middle of a surrogate pair.
        var end = text.Length <= QuotedLength ? text.Length : QuotedLength - (char.IsHighSurrogate(text[QuotedLength - 1]) ? 1 : 0);
        return end == text.Length ? $"'{text}'" : $"'{text[..end]}...'";
    }
}
