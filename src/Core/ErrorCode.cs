namespace CertFunctions.Core;

/// <summary>
/// Every <c>code</c> that a caller can meet, in an answer, a result or a job. Stable: callers branch on them. What each means stands in
/// <c>/api/docs/errors</c>.
/// </summary>
public static class ErrorCode
{
    public const string ActionInvalid = "action_invalid";
    public const string ActiveInvalid = "active_invalid";
    public const string AlreadyDone = "already_done";
    public const string AlreadyHeld = "already_held";
    public const string AlwaysValidInvalid = "always_valid_invalid";
    public const string AssetNotFound = "asset_not_found";
    public const string AwardNotFound = "award_not_found";
    public const string BadEncoding = "bad_encoding";
    public const string BodyTooLarge = "body_too_large";
    public const string BranchCycle = "branch_cycle";
    public const string BranchIdInvalid = "branch_id_invalid";
    public const string BranchInUse = "branch_in_use";
    public const string BranchLimitReached = "branch_limit_reached";
    public const string BranchNotFound = "branch_not_found";
    public const string CertificationArchived = "certification_archived";
    public const string CertificationNotFound = "certification_not_found";
    public const string ConfirmationMismatch = "confirmation_mismatch";
    public const string ConfirmationRequired = "confirmation_required";
    public const string DateInvalid = "date_invalid";
    public const string DeadLetterNotFound = "dead_letter_not_found";
    public const string DuplicateColumn = "duplicate_column";
    public const string DuplicateInFile = "duplicate_in_file";
    public const string EmailInvalid = "email_invalid";
    public const string ExpansionFailed = "expansion_failed";
    public const string ExpireBeforeIssue = "expire_before_issue";
    public const string ExpireGivenButAlwaysValid = "expire_given_but_always_valid";
    public const string ExpireRequired = "expire_required";
    public const string ExpiresBeforeIssued = "expires_before_issued";
    public const string ExpiryGivenButAlwaysValid = "expiry_given_but_always_valid";
    public const string ExpiryOutOfRange = "expiry_out_of_range";
    public const string ExternalTrainingNotFound = "external_training_not_found";
    public const string ExternalTrainingRequired = "external_training_required";
    public const string FieldCountMismatch = "field_count_mismatch";
    public const string FieldTooLong = "field_too_long";
    public const string FileEmpty = "file_empty";
    public const string FileTooLarge = "file_too_large";
    public const string Forbidden = "forbidden";
    public const string GroupIdInvalid = "group_id_invalid";
    public const string GroupNotFound = "group_not_found";
    public const string IdempotencyKeyInProgress = "idempotency_key_in_progress";
    public const string IdempotencyKeyReused = "idempotency_key_reused";
    public const string ImportFailed = "import_failed";
    public const string InternalError = "internal_error";
    public const string InvalidCursor = "invalid_cursor";
    public const string InvalidJson = "invalid_json";
    public const string InvalidRequest = "invalid_request";
    public const string IssuerUnavailable = "issuer_unavailable";
    public const string JobNotFound = "job_not_found";
    public const string JobStateConflict = "job_state_conflict";
    public const string ManifestMissing = "manifest_missing";
    public const string MemberNotFound = "member_not_found";
    public const string MessageIdReused = "message_id_reused";
    public const string MissingRequiredColumn = "missing_required_column";
    public const string NameInvalid = "name_invalid";
    public const string NewerAwardExists = "newer_award_exists";
    public const string NotAcceptable = "not_acceptable";
    public const string NotHeld = "not_held";
    public const string NotListed = "not_listed";
    public const string PlanOutdated = "plan_outdated";
    public const string ProcessingFailed = "processing_failed";
    public const string ReasonTooLong = "reason_too_long";
    public const string ReportNotFound = "report_not_found";
    public const string RequestTimeout = "request_timeout";
    public const string RunFailed = "run_failed";
    public const string SelectionEmpty = "selection_empty";
    public const string Stalled = "stalled";
    public const string StorageUnavailable = "storage_unavailable";
    public const string TooManyRequests = "too_many_requests";
    public const string TypeInvalid = "type_invalid";
    public const string Unauthenticated = "unauthenticated";
    public const string Unchanged = "unchanged";
    public const string UnsupportedMediaType = "unsupported_media_type";
    public const string UserDeactivated = "user_deactivated";
    public const string UserIdInvalid = "user_id_invalid";
    public const string UserMismatch = "user_mismatch";
    public const string UserNotFound = "user_not_found";
    public const string UsernameBlank = "username_blank";
    public const string UsernameInvalid = "username_invalid";
    public const string UsernameTaken = "username_taken";
    public const string VersionConflict = "version_conflict";
}
