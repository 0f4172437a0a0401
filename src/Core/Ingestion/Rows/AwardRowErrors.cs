using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Ingestion.Rows;

internal static class AwardRowErrors
{
    public static readonly RowError CertificationArchived = new(ErrorCode.CertificationArchived, "The certification is archived.");

    public static readonly RowError UserNotFound = new(ErrorCode.UserNotFound, "Nobody has this username.");

    public static readonly RowError UserMismatch = new(
        ErrorCode.UserMismatch, $"{CsvColumns.Username} and {CsvColumns.UserId} name two people.");

    public static readonly RowError ExpireRequired = new(
        ErrorCode.ExpireRequired, $"{CsvColumns.ExpireDate} is blank, but {CsvColumns.AlwaysValid} says that the award expires.");

    public static readonly RowError ExpireBeforeIssue = new(
        ErrorCode.ExpireBeforeIssue, $"{CsvColumns.ExpireDate} is before {CsvColumns.IssueDate}.");

    public static readonly RowError ExpireGivenButAlwaysValid = new(
        ErrorCode.ExpireGivenButAlwaysValid, $"{CsvColumns.ExpireDate} is given, but {CsvColumns.AlwaysValid} says that the award never expires.");

    public static readonly RowError ExternalTrainingRequired = new(
        ErrorCode.ExternalTrainingRequired, $"{CsvColumns.Type} external_training needs {CsvColumns.ExternalTrainingId}.");

    public static readonly RowError ReasonTooLong = new(
        ErrorCode.ReasonTooLong, $"{CsvColumns.Reason} has more than {Limits.ReasonLength:n0} characters.");

    public static RowError IdNotFound(string id) => new(ErrorCode.UserNotFound, $"There is no user {RowErrors.Quote(id)}.");

    public static RowError CertificationNotFound(string code) => code.Length == 0
        ? new(ErrorCode.CertificationNotFound, $"{CsvColumns.CertificationCode} is blank.")
        : new(ErrorCode.CertificationNotFound, $"There is no certification {RowErrors.Quote(code)}.");

    public static RowError DateInvalid(string column, string text) =>
        new(ErrorCode.DateInvalid, $"{column} {RowErrors.Say(text)}: it {CalendarDate.Rule}.");

    public static RowError AlwaysValidInvalid(string text) =>
        new(ErrorCode.AlwaysValidInvalid, $"{CsvColumns.AlwaysValid} {RowErrors.Say(text)}: it must be 1 or 0, true or false, yes or no.");

    public static RowError TypeInvalid(string text) =>
        new(ErrorCode.TypeInvalid, $"{CsvColumns.Type} {RowErrors.Say(text)}: it must be manual, completion or external_training.");

    public static RowError ExternalTrainingNotFound(string id) =>
        new(ErrorCode.ExternalTrainingNotFound, $"There is no external training {RowErrors.Quote(id)}.");

    public static RowError ActionInvalid(string text) =>
        new(ErrorCode.ActionInvalid, $"{CsvColumns.Action} {RowErrors.Say(text)}: it must be award or revoke, or blank for award.");
}
