using CertFunctions.Core;

namespace CertFunctions.Functions.Docs;

/// <summary>Every <c>code</c> that a caller can meet, with what it means: the content of <c>/api/docs/errors</c>.</summary>
internal static class DocumentedCodes
{
    /// <summary>Of problems. A dead letter has the code of the problem that its event met.</summary>
    public static readonly IReadOnlyList<DocumentedCode> OfAnswers =
    [
        new(ErrorCode.InvalidRequest, "400", "A member of the body, a query parameter, a header or a part of the path breaks a rule, or is not known. 'errors' names each."),
        new(ErrorCode.InvalidJson, "400", "The body is not one JSON object: malformed, cut off, empty, not UTF-8, nested too deeply, with repeated members or with damaged text."),
        new(ErrorCode.InvalidCursor, "400", "The cursor was not made by this list with these filters for this caller. Start again without a cursor."),
        new(ErrorCode.SelectionEmpty, "400", "The selection names no user, group or branch."),
        new(ErrorCode.UserNotFound, "404", "There is no such user; 400 where the body names it."),
        new(ErrorCode.GroupNotFound, "404", "There is no such group; 400 where the body names it."),
        new(ErrorCode.BranchNotFound, "404", "There is no such branch; 400 where the body names it."),
        new(ErrorCode.MemberNotFound, "404", "The user is not a member of the group."),
        new(ErrorCode.CertificationNotFound, "404", "There is no such certification."),
        new(ErrorCode.AwardNotFound, "404", "The user does not hold this certification."),
        new(ErrorCode.DeadLetterNotFound, "404", "There is no such dead letter; it may have been applied meanwhile."),
        new(ErrorCode.AssetNotFound, "404", "The page of the API's description has no such file."),
        new(ErrorCode.JobNotFound, "404", "There is no such job."),
        new(ErrorCode.ReportNotFound, "404", "The job has no report: it imports no file, or its file was refused as a whole."),
        new(ErrorCode.ExternalTrainingNotFound, "404", "There is no such external training; 400 where the body names it."),
        new(ErrorCode.ExternalTrainingRequired, "400", "An association of type externalTraining must name an activityId."),
        new(ErrorCode.ExpiresBeforeIssued, "400", "The award would expire before the day on which it is issued."),
        new(ErrorCode.ExpiryGivenButAlwaysValid, "400", "An award cannot both expire and always be valid."),
        new(ErrorCode.ExpiryOutOfRange, "400", "The issue date plus the certification's validity is beyond 9999-12-31."),
        new(ErrorCode.EventInTheFuture, "400", "The event happened, as fired_at says, more than 5 minutes after its message came."),
        new(ErrorCode.Unauthenticated, "401", "The call carries no valid bearer token; on the webhook's route, no valid proof that the LMS sent it."),
        new(ErrorCode.Forbidden, "403", "The caller is known, but may not do this."),
        new(ErrorCode.NotAcceptable, "406", "The list cannot answer in a type that Accept allows. Every list comes as application/json."),
        new(ErrorCode.RequestTimeout, "408", "The body came too slowly."),
        new(ErrorCode.UsernameTaken, "409", "Another user has this username, whatever the case of its letters."),
        new(ErrorCode.UserDeactivated, "409", "The user is deactivated and gets no new awards."),
        new(ErrorCode.BranchInUse, "409", "The branch still has branches or users below it."),
        new(ErrorCode.BranchLimitReached, "409", "There are as many branches as there can be."),
        new(ErrorCode.BranchCycle, "409", "A branch cannot be moved below itself."),
        new(ErrorCode.CertificationArchived, "409", "The certification is archived. Bring it back with PATCH {\"status\": \"active\"}."),
        new(ErrorCode.JobStateConflict, "409", "The job's status does not allow this."),
        new(ErrorCode.PlanOutdated, "409", "Awards, users or the certification have changed since the plan was made. Make a new one."),
        new(ErrorCode.MessageIdReused, "409", "A webhook message with this message_id but another body has been accepted before."),
        new(ErrorCode.IdempotencyKeyInProgress, "409", "The first request with this Idempotency-Key is still running. Ask again after Retry-After."),
        new(ErrorCode.VersionConflict, "412", "The resource has not the version that If-Match names, or exists although If-None-Match says it must not."),
        new(ErrorCode.BodyTooLarge, "413", "The body is larger than this call allows."),
        new(ErrorCode.UnsupportedMediaType, "415", "The body is of a type that this call does not take."),
        new(ErrorCode.IdempotencyKeyReused, "422", "This Idempotency-Key came before with another body."),
        new(ErrorCode.ConfirmationRequired, "422", "So many users need confirmUsers with their exact number."),
        new(ErrorCode.ConfirmationMismatch, "422", "The selection has another number of users than confirmUsers says. Nobody was awarded."),
        new(ErrorCode.TooManyRequests, "429", "Too many writes in one minute. Try again after Retry-After."),
        new(ErrorCode.ProcessingFailed, "422", "Only as the code of a dead letter: applying it failed again and again. Replaying it may help."),
        new(ErrorCode.InternalError, "500", "Our mistake; it has been logged. Repeating the call may help."),
        new(ErrorCode.IssuerUnavailable, "503", "The OpenID issuer does not answer, so no token can be judged. Try again later."),
        new(ErrorCode.StorageUnavailable, "503", "The storage does not answer. The call may or may not have taken effect; repeat it, with the same Idempotency-Key if it had one."),
    ];

    /// <summary>Of the results of a job, and of the rows of a report.</summary>
    public static readonly IReadOnlyList<DocumentedCode> OfResults =
    [
        new(ErrorCode.AlreadyHeld, "skipped", "The user holds the certification already, with the same dates or, with onExisting skip, with any."),
        new(ErrorCode.NewerAwardExists, "skipped", "The award that the user holds lasts longer, or as long with a later issue date. It stays."),
        new(ErrorCode.NotHeld, "skipped", "There is nothing to unassign: the user does not hold the certification."),
        new(ErrorCode.AlreadyDone, "skipped", "It was done before: the row_status of the row is ok, or the completion was used for this certification."),
        new(ErrorCode.NotListed, "skipped", "The certification no longer lists the activity that was completed."),
        new(ErrorCode.ChangedSince, "skipped", "Somebody changed it since: there is later news than what the job goes by."),
        new(ErrorCode.Unchanged, "skipped", "A row of users, groups or branches says nothing new."),
        new(ErrorCode.FieldCountMismatch, "failed", "The row has more or fewer cells than the header, or a quote is not closed."),
        new(ErrorCode.FieldTooLong, "failed", "A cell has more than 8,192 characters."),
        new(ErrorCode.BadEncoding, "failed", "The row has bytes that are no text in the file's encoding."),
        new(ErrorCode.UsernameBlank, "failed", "The username is blank, and so is the user_id where there is one."),
        new(ErrorCode.CertificationNotFound, "failed", "There is no such certification, or its code is blank."),
        new(ErrorCode.CertificationArchived, "failed", "The certification is archived."),
        new(ErrorCode.UserNotFound, "failed", "There is no such user, or nobody has this username any more."),
        new(ErrorCode.UserMismatch, "failed", "The username and the user_id of the row name two people."),
        new(ErrorCode.UserDeactivated, "failed", "The user is deactivated and gets no new awards."),
        new(ErrorCode.DateInvalid, "failed", "A date is not YYYY-MM-DD, not in the calendar, or not from 1900-01-01 to 9999-12-31."),
        new(ErrorCode.AlwaysValidInvalid, "failed", "always_valid is not 1 or 0, true or false, yes or no."),
        new(ErrorCode.ExpireRequired, "failed", "certification_expire_date is blank, but the award is not always valid."),
        new(ErrorCode.ExpireBeforeIssue, "failed", "certification_expire_date is before certification_issue_date."),
        new(ErrorCode.ExpireGivenButAlwaysValid, "failed", "certification_expire_date is given, but the award is always valid."),
        new(ErrorCode.TypeInvalid, "failed", "type is not manual, completion or external_training."),
        new(ErrorCode.ExternalTrainingRequired, "failed", "type external_training needs external_training_id."),
        new(ErrorCode.ExternalTrainingNotFound, "failed", "There is no such external training."),
        new(ErrorCode.ActionInvalid, "failed", "action is not award or revoke, or blank for award."),
        new(ErrorCode.ReasonTooLong, "failed", "reason has more than 1,000 characters."),
        new(ErrorCode.BranchNotFound, "failed", "There is no such branch, neither stored nor in the file."),
        new(ErrorCode.BranchCycle, "failed", "The branch would lie below itself."),
        new(ErrorCode.BranchLimitReached, "failed", "There are more branches than there can be."),
        new(ErrorCode.GroupNotFound, "failed", "There is no such group."),
        new(ErrorCode.DuplicateInFile, "failed", "An earlier row, whose line is named, is about the same. The first one counts."),
        new(ErrorCode.UserIdInvalid, "failed", "user_id is blank or no id."),
        new(ErrorCode.GroupIdInvalid, "failed", "group_id is blank or no id."),
        new(ErrorCode.BranchIdInvalid, "failed", "branch_id is blank or no id."),
        new(ErrorCode.UsernameInvalid, "failed", "The username is too long or has control characters."),
        new(ErrorCode.UsernameTaken, "failed", "Another user has this username, whatever the case of its letters."),
        new(ErrorCode.NameInvalid, "failed", "A name is blank where it must not be, too long, or has control characters."),
        new(ErrorCode.EmailInvalid, "failed", "The email address is too long or has control characters."),
        new(ErrorCode.ActiveInvalid, "failed", "active is not 1 or 0, true or false, yes or no, or blank."),
        new(ErrorCode.ExpiryOutOfRange, "failed", "The completion date plus the certification's validity is beyond 9999-12-31."),
        new(ErrorCode.RunFailed, "failed", "The part of the job to which it belongs failed again and again, and this was not done."),
    ];

    /// <summary>Of a job that failed as a whole.</summary>
    public static readonly IReadOnlyList<DocumentedCode> OfJobs =
    [
        new(ErrorCode.FileEmpty, "import", "The file has no line that is not blank."),
        new(ErrorCode.MissingRequiredColumn, "import", "The header lacks a column that this kind of file needs."),
        new(ErrorCode.DuplicateColumn, "import", "The header has a column twice."),
        new(ErrorCode.BadEncoding, "import", "The file is not text in UTF-8, in UTF-16 with a byte order mark, or in the charset that was named."),
        new(ErrorCode.FileTooLarge, "import", "The file has more than 2 GiB."),
        new(ErrorCode.FileIncomplete, "import", "The file is to be the whole directory, but has rows that do not tell whom they are about, or none. Nobody was deactivated."),
        new(ErrorCode.ImportOptionInvalid, "import", "What is said of the file in its metadata (missing, takenAt, confirmUsers) cannot be read or is not for this kind of file."),
        new(ErrorCode.ImportFailed, "import", "The file could not be read or reported on, however often that was tried. It lies in the archive."),
        new(ErrorCode.ConfirmationMismatch, "award, import", "There are not as many users as confirmUsers says, to be awarded or deactivated. None was."),
        new(ErrorCode.ConfirmationRequired, "award, import", "There are so many users to be awarded or deactivated that confirmUsers must say so. None was."),
        new(ErrorCode.ExpansionFailed, "award, retroactive", "The selection could not be resolved, however often that was tried. Nobody was awarded."),
        new(ErrorCode.ManifestMissing, "any", "The list of what the job has to do cannot be read."),
        new(ErrorCode.StorageUnavailable, "any, while it waits", "The storage did not answer. What is left is tried again."),
        new(ErrorCode.ProcessingFailed, "any, while it waits", "A step failed and is tried again."),
        new(ErrorCode.Stalled, "any, while it waits", "The job has made no progress for a while. Its messages were sent again."),
    ];
}

/// <param name="With">What it comes with: the usual status of an answer, the outcome of a result, the kind of a job.</param>
internal sealed record DocumentedCode(string Code, string With, string Meaning);
