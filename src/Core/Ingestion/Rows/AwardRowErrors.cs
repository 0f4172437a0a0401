using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Ingestion.Rows;

internal static class AwardRowErrors
{
    public static readonly RowError CertificationArchived = new("certification_archived", "The certification is archived.");

    public static readonly RowError UserNotFound = new("user_not_found", "Nobody has this username.");

    public static readonly RowError UserMismatch = new(
        "user_mismatch", $"{CsvColumns.Username} and {CsvColumns.UserId} name two people.");

    public static readonly RowError ExpireRequired = new(
        "expire_required", $"{CsvColumns.ExpireDate} is blank, but {CsvColumns.AlwaysValid} says that the award expires.");

    public static readonly RowError ExpireBeforeIssue = new(
        "expire_before_issue", $"{CsvColumns.ExpireDate} is before {CsvColumns.IssueDate}.");

    public static readonly RowError ExpireGivenButAlwaysValid = new(
        "expire_given_but_always_valid", $"{CsvColumns.ExpireDate} is given, but {CsvColumns.AlwaysValid} says that the award never expires.");

    public static readonly RowError ExternalTrainingRequired = new(
        "external_training_required", $"{CsvColumns.Type} external_training needs {CsvColumns.ExternalTrainingId}.");

    public static readonly RowError ReasonTooLong = new(
        "reason_too_long", $"{CsvColumns.Reason} has more than {Limits.ReasonLength:n0} characters.");

    public static RowError IdNotFound(string id) => new("user_not_found", $"There is no user {RowErrors.Quote(id)}.");

    public static RowError CertificationNotFound(string code) => code.Length == 0
        ? new("certification_not_found", $"{CsvColumns.CertificationCode} is blank.")
        : new("certification_not_found", $"There is no certification {RowErrors.Quote(code)}.");

    public static RowError DateInvalid(string column, string text) =>
        new("date_invalid", $"{column} {RowErrors.Say(text)}: it {CalendarDate.Rule}.");

    public static RowError AlwaysValidInvalid(string text) =>
        new("always_valid_invalid", $"{CsvColumns.AlwaysValid} {RowErrors.Say(text)}: it must be 1 or 0, true or false, yes or no.");

    public static RowError TypeInvalid(string text) =>
        new("type_invalid", $"{CsvColumns.Type} {RowErrors.Say(text)}: it must be manual, completion or external_training.");

    public static RowError ExternalTrainingNotFound(string id) =>
        new("external_training_not_found", $"There is no external training {RowErrors.Quote(id)}.");

    public static RowError ActionInvalid(string text) =>
        new("action_invalid", $"{CsvColumns.Action} {RowErrors.Say(text)}: it must be award or revoke, or blank for award.");
}
