namespace CertFunctions.Functions.Http;

/// <summary>Every <c>code</c> that a caller can meet, with what it means: the content of <c>/api/docs/errors</c>.</summary>
internal static class ErrorCodes
{
    /// <summary>Of problems. A dead letter has the code of the problem that its event met.</summary>
    public static readonly IReadOnlyList<ErrorCode> OfAnswers =
    [
        new("invalid_request", "400", "A member of the body, a query parameter, a header or a part of the path breaks a rule, or is not known. 'errors' names each."),
        new("invalid_json", "400", "The body is not one JSON object: malformed, cut off, empty, not UTF-8, nested too deeply, with repeated members or with damaged text."),
        new("invalid_cursor", "400", "The cursor was not made by this list with these filters for this caller. Start again without a cursor."),
        new("selection_empty", "400", "The selection names no user, group or branch."),
        new("user_not_found", "404", "There is no such user; 400 where the body names it."),
        new("group_not_found", "404", "There is no such group; 400 where the body names it."),
        new("branch_not_found", "404", "There is no such branch; 400 where the body names it."),
        new("member_not_found", "404", "The user is not a member of the group."),
        new("certification_not_found", "404", "There is no such certification."),
        new("award_not_found", "404", "The user does not hold this certification."),
        new("dead_letter_not_found", "404", "There is no such dead letter; it may have been applied meanwhile."),
        new("job_not_found", "404", "There is no such job."),
        new("report_not_found", "404", "The job has no report: it imports no file, or its file was refused as a whole."),
        new("external_training_not_found", "404", "There is no such external training; 400 where the body names it."),
        new("external_training_required", "400", "An association of type externalTraining must name an activityId."),
        new("expires_before_issued", "400", "The award would expire before the day on which it is issued."),
        new("expiry_given_but_always_valid", "400", "An award cannot both expire and always be valid."),
        new("expiry_out_of_range", "400", "The issue date plus the certification's validity is beyond 9999-12-31."),
        new("unauthenticated", "401", "The call carries no valid bearer token; on the webhook's route, no valid proof that the LMS sent it."),
        new("forbidden", "403", "The caller is known, but may not do this."),
        new("not_acceptable", "406", "The list cannot answer in a type that Accept allows. Every list comes as application/json."),
        new("request_timeout", "408", "The body came too slowly."),
        new("username_taken", "409", "Another user has this username, whatever the case of its letters."),
        new("user_deactivated", "409", "The user is deactivated and gets no new awards."),
        new("branch_in_use", "409", "The branch still has branches or users below it."),
        new("branch_limit_reached", "409", "There are as many branches as there can be."),
        new("branch_cycle", "409", "A branch cannot be moved below itself."),
        new("certification_archived", "409", "The certification is archived. Bring it back with PATCH {\"status\": \"active\"}."),
        new("job_state_conflict", "409", "The job's status does not allow this."),
        new("plan_outdated", "409", "Awards, users or the certification have changed since the plan was made. Make a new one."),
        new("message_id_reused", "409", "A webhook message with this message_id but another body has been accepted before."),
        new("idempotency_key_in_progress", "409", "The first request with this Idempotency-Key is still running. Ask again after Retry-After."),
        new("version_conflict", "412", "The resource has not the version that If-Match names, or exists although If-None-Match says it must not."),
        new("body_too_large", "413", "The body is larger than this call allows."),
        new("unsupported_media_type", "415", "The body is of a type that this call does not take."),
        new("idempotency_key_reused", "422", "This Idempotency-Key came before with another body."),
        new("confirmation_required", "422", "So many users need confirmUsers with their exact number."),
        new("confirmation_mismatch", "422", "The selection has another number of users than confirmUsers says. Nobody was awarded."),
        new("too_many_requests", "429", "Too many writes in one minute. Try again after Retry-After."),
        new("processing_failed", "422", "Only as the code of a dead letter: applying it failed again and again. Replaying it may help."),
        new("internal_error", "500", "Our mistake; it has been logged. Repeating the call may help."),
        new("storage_unavailable", "503", "The storage does not answer. The call may or may not have taken effect; repeat it, with the same Idempotency-Key if it had one."),
    ];

    /// <summary>Of the results of a job, and of the rows of a report.</summary>
    public static readonly IReadOnlyList<ErrorCode> OfResults =
    [
        new("already_held", "skipped", "The user holds the certification already, with the same dates or, with onExisting skip, with any."),
        new("newer_award_exists", "skipped", "The award that the user holds lasts longer, or as long with a later issue date. It stays."),
        new("not_held", "skipped", "There is nothing to unassign: the user does not hold the certification."),
        new("already_done", "skipped", "It was done before: the row_status of the row is ok, or the completion was used for this certification."),
        new("not_listed", "skipped", "The certification no longer lists the activity that was completed."),
        new("unchanged", "skipped", "A row of users, groups or branches says nothing new."),
        new("field_count_mismatch", "failed", "The row has more or fewer cells than the header, or a quote is not closed."),
        new("field_too_long", "failed", "A cell has more than 8,192 characters."),
        new("bad_encoding", "failed", "The row has bytes that are no text in the file's encoding."),
        new("username_blank", "failed", "The username is blank, and so is the user_id where there is one."),
        new("certification_not_found", "failed", "There is no such certification, or its code is blank."),
        new("certification_archived", "failed", "The certification is archived."),
        new("user_not_found", "failed", "There is no such user, or nobody has this username any more."),
        new("user_mismatch", "failed", "The username and the user_id of the row name two people."),
        new("user_deactivated", "failed", "The user is deactivated and gets no new awards."),
        new("date_invalid", "failed", "A date is not YYYY-MM-DD, not in the calendar, or not from 1900-01-01 to 9999-12-31."),
        new("always_valid_invalid", "failed", "always_valid is not 1 or 0, true or false, yes or no."),
        new("expire_required", "failed", "certification_expire_date is blank, but the award is not always valid."),
        new("expire_before_issue", "failed", "certification_expire_date is before certification_issue_date."),
        new("expire_given_but_always_valid", "failed", "certification_expire_date is given, but the award is always valid."),
        new("type_invalid", "failed", "type is not manual, completion or external_training."),
        new("external_training_required", "failed", "type external_training needs external_training_id."),
        new("external_training_not_found", "failed", "There is no such external training."),
        new("action_invalid", "failed", "action is not award or revoke, or blank for award."),
        new("reason_too_long", "failed", "reason has more than 1,000 characters."),
        new("branch_not_found", "failed", "There is no such branch, neither stored nor in the file."),
        new("branch_cycle", "failed", "The branch would lie below itself."),
        new("branch_limit_reached", "failed", "There are more branches than there can be."),
        new("group_not_found", "failed", "There is no such group."),
        new("duplicate_in_file", "failed", "An earlier row, whose line is named, is about the same. The first one counts."),
        new("user_id_invalid", "failed", "user_id is blank or no id."),
        new("group_id_invalid", "failed", "group_id is blank or no id."),
        new("branch_id_invalid", "failed", "branch_id is blank or no id."),
        new("username_invalid", "failed", "The username is too long or has control characters."),
        new("username_taken", "failed", "Another user has this username, whatever the case of its letters."),
        new("name_invalid", "failed", "A name is blank where it must not be, too long, or has control characters."),
        new("email_invalid", "failed", "The email address is too long or has control characters."),
        new("active_invalid", "failed", "active is not 1 or 0, true or false, yes or no, or blank."),
        new("expiry_out_of_range", "failed", "The completion date plus the certification's validity is beyond 9999-12-31."),
        new("run_failed", "failed", "The part of the job to which it belongs failed again and again, and this was not done."),
    ];

    /// <summary>Of a job that failed as a whole.</summary>
    public static readonly IReadOnlyList<ErrorCode> OfJobs =
    [
        new("file_empty", "import", "The file has no line that is not blank."),
        new("missing_required_column", "import", "The header lacks a column that this kind of file needs."),
        new("duplicate_column", "import", "The header has a column twice."),
        new("bad_encoding", "import", "The file is not text in UTF-8, in UTF-16 with a byte order mark, or in the charset that was named."),
        new("file_too_large", "import", "The file has more than 2 GiB."),
        new("import_failed", "import", "The file could not be read or reported on, however often that was tried. It lies in the archive."),
        new("confirmation_mismatch", "award", "The selection has another number of users than confirmUsers says. Nobody was awarded."),
        new("confirmation_required", "award", "The selection has so many users that confirmUsers must say so. Nobody was awarded."),
        new("expansion_failed", "award, retroactive", "The selection could not be resolved, however often that was tried. Nobody was awarded."),
        new("manifest_missing", "any", "The list of what the job has to do cannot be read."),
        new("storage_unavailable", "any, while it waits", "The storage did not answer. What is left is tried again."),
        new("processing_failed", "any, while it waits", "A step failed and is tried again."),
        new("stalled", "any, while it waits", "The job has made no progress for a while. Its messages were sent again."),
    ];
}

/// <param name="With">What it comes with: the usual status of an answer, the outcome of a result, the kind of a job.</param>
internal sealed record ErrorCode(string Code, string With, string Meaning);
