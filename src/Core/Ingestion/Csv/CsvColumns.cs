namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>The columns that mean something to us. Any order, any case; others are carried through.</summary>
internal static class CsvColumns
{
    public const string Username = "username";
    public const string CertificationCode = "certification_code";
    public const string IssueDate = "certification_issue_date";
    public const string ExpireDate = "certification_expire_date";
    public const string AlwaysValid = "always_valid";
    public const string Type = "type";
    public const string ExternalTrainingId = "external_training_id";
    public const string Action = "action";
    public const string Reason = "reason";
    public const string UserId = "user_id";
    public const string FirstName = "first_name";
    public const string LastName = "last_name";
    public const string Email = "email";
    public const string BranchId = "branch_id";
    public const string Active = "active";
    public const string GroupId = "group_id";
    public const string GroupName = "group_name";
    public const string Name = "name";
    public const string ParentId = "parent_id";
    public const string RowStatus = "row_status";
    public const string Outcome = "outcome";
    public const string ErrorCode = "error_code";
    public const string ErrorMessage = "error_message";
    public const string OriginalRow = "original_row";

    /// <summary>What the report appends.</summary>
    public static readonly string[] Report = [RowStatus, Outcome, ErrorCode, ErrorMessage, OriginalRow];

    /// <returns>What the header lacks. Of awards the user may be named by username, by id or by both.</returns>
    public static IEnumerable<string> Missing(ImportKind kind, IReadOnlyCollection<string> columns)
    {
        string[] who = kind == ImportKind.Awards && !columns.Contains(UserId, StringComparer.OrdinalIgnoreCase) ? [Username] : [];
        return who.Concat(Required(kind)).Where(name => !columns.Contains(name, StringComparer.OrdinalIgnoreCase));
    }

    private static string[] Required(ImportKind kind) => kind switch
    {
        ImportKind.Awards => [CertificationCode, IssueDate, AlwaysValid, Type],
        ImportKind.Users => [UserId, Username, FirstName, LastName],
        ImportKind.Groups => [GroupId, GroupName],
        _ => [BranchId, Name],
    };

    public static bool IsKnown(ImportKind kind, string name) =>
        Required(kind).Contains(name, StringComparer.OrdinalIgnoreCase) || Optional(kind).Contains(name, StringComparer.OrdinalIgnoreCase);

    private static string[] Optional(ImportKind kind) => kind switch
    {
        ImportKind.Awards => [Username, UserId, ExpireDate, ExternalTrainingId, Action, Reason],
        ImportKind.Users => [Email, BranchId, Active],
        ImportKind.Groups => [UserId],
        _ => [ParentId],
    };
}
