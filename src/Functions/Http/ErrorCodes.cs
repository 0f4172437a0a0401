namespace CertFunctions.Functions.Http;

/// <summary>Every <c>code</c> of a problem, with what it means: the content of <c>/api/docs/errors</c>.</summary>
internal static class ErrorCodes
{
    public static readonly IReadOnlyList<ErrorCode> All =
    [
        new("invalid_request", 400, "A member of the body, a query parameter, a header or a part of the path breaks a rule, or is not known. 'errors' names each."),
        new("invalid_json", 400, "The body is not one JSON object: malformed, cut off, empty, not UTF-8, nested too deeply, with repeated members or with damaged text."),
        new("invalid_cursor", 400, "The cursor was not made by this list with these filters for this caller. Start again without a cursor."),
        new("selection_empty", 400, "The selection names no user, group or branch."),
        new("user_not_found", 404, "There is no such user; 400 where the body names it. (As the code of a result: that one user was not awarded.)"),
        new("group_not_found", 404, "There is no such group; 400 where the body names it."),
        new("branch_not_found", 404, "There is no such branch; 400 where the body names it."),
        new("member_not_found", 404, "The user is not a member of the group."),
        new("certification_not_found", 404, "There is no such certification."),
        new("award_not_found", 404, "The user does not hold this certification."),
        new("dead_letter_not_found", 404, "There is no such dead letter; it may have been applied meanwhile."),
        new("job_not_found", 404, "There is no such job."),
        new("report_not_found", 404, "The job has no report: it imports no file, or its file was refused as a whole."),
        new("external_training_not_found", 404, "There is no such external training; 400 where the body names it."),
        new("external_training_required", 400, "An association of type externalTraining must name an activityId."),
        new("expires_before_issued", 400, "The award would expire before the day on which it is issued."),
        new("expiry_given_but_always_valid", 400, "An award cannot both expire and always be valid."),
        new("expiry_out_of_range", 400, "The issue date plus the certification's validity is beyond 9999-12-31."),
        new("unauthenticated", 401, "The call carries no valid bearer token; on the webhook's route, no valid proof that the LMS sent it."),
        new("forbidden", 403, "The caller is known, but may not do this."),
        new("request_timeout", 408, "The body came too slowly."),
        new("username_taken", 409, "Another user has this username, whatever the case of its letters."),
        new("user_deactivated", 409, "The user is deactivated and gets no new awards."),
        new("branch_in_use", 409, "The branch still has branches or users below it."),
        new("branch_limit_reached", 409, "There are as many branches as there can be."),
        new("branch_cycle", 409, "A branch cannot be moved below itself."),
        new("certification_archived", 409, "The certification is archived. Bring it back with PATCH {\"status\": \"active\"}."),
        new("job_state_conflict", 409, "The job's status does not allow this."),
        new("plan_outdated", 409, "Awards, users or the certification have changed since the plan was made. Make a new one."),
        new("message_id_reused", 409, "A webhook message with this message_id but another body has been accepted before."),
        new("idempotency_key_in_progress", 409, "The first request with this Idempotency-Key is still running. Ask again after Retry-After."),
        new("version_conflict", 412, "The resource has not the version that If-Match names, or exists although If-None-Match says it must not."),
        new("body_too_large", 413, "The body is larger than this call allows."),
        new("unsupported_media_type", 415, "The body is of a type that this call does not take."),
        new("idempotency_key_reused", 422, "This Idempotency-Key came before with another body."),
        new("confirmation_required", 422, "So many users need confirmUsers with their exact number."),
        new("confirmation_mismatch", 422, "The selection has another number of users than confirmUsers says. Nobody was awarded."),
        new("too_many_requests", 429, "Too many writes in one minute. Try again after Retry-After."),
        new("processing_failed", 422, "Only as the code of a dead letter: applying it failed again and again. Replaying it may help."),
        new("internal_error", 500, "Our mistake; it has been logged. Repeating the call may help."),
        new("storage_unavailable", 503, "The storage does not answer. The call may or may not have taken effect; repeat it, with the same Idempotency-Key if it had one."),
    ];
}

/// <param name="Status">The status it usually comes with.</param>
internal sealed record ErrorCode(string Code, int Status, string Meaning);
