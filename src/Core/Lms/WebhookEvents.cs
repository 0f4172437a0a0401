using System.Text.Json;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Lms;

/// <summary>Reads what the elements of messages say. <c>user_id</c> decides; <c>username</c> says nothing of who completed something.</summary>
internal static class WebhookEvents
{
    /// <returns>
    /// Else <c>invalid_request</c>, with every member that is wrong; or <c>event_in_the_future</c>: of two events the newer counts, so that one with a
    /// clock far ahead would silence all later news.
    /// </returns>
    public static Outcome<WebhookEvent> Read(WebhookElement element, OrganisationClock clock)
    {
        if (element.Payload.ValueKind != JsonValueKind.Object)
        {
            return Rejection.Invalid(ErrorCode.InvalidRequest, "payload", "must be an object");
        }

        var payload = new PayloadReader(element.Payload);
        var read = Read(element, payload, clock);
        return payload.Refusal() is { } why ? why
            : IsInTheFuture(element, out var firedAt) && read is not WebhookEvent.Unknown ? InTheFuture(firedAt, element)
            : read;
    }

    /// <summary>Where it is no time, that is for those events to say that go by it.</summary>
    private static bool IsInTheFuture(WebhookElement element, out DateTimeOffset firedAt)
    {
        firedAt = new PayloadReader(element.Payload).Time("fired_at") ?? element.ReceivedAt;
        return firedAt > element.ReceivedAt + Limits.WebhookTolerance;
    }

    private static Rejection InTheFuture(DateTimeOffset firedAt, WebhookElement element) => Rejection.Invalid(
        ErrorCode.EventInTheFuture, "fired_at", $"is {firedAt:u}, and the message came at {element.ReceivedAt:u}");

    private static WebhookEvent Read(WebhookElement element, PayloadReader payload, OrganisationClock clock) => element.Event switch
    {
        "course.enrollment.completed" => Completed(payload, ActivityType.Course, "course", clock, fallback: null),
        "learningplan.enrollment.completed" => Completed(payload, ActivityType.LearningPlan, "learningplan", clock, fallback: null),
        "external.training.approved" => Completed(payload, ActivityType.ExternalTraining, "external_training", clock, FiredAt(payload, element)),
        "user.created" => UserChanged(payload, element, isComplete: true),
        "user.updated" => UserChanged(payload, element, isComplete: false),
        "user.deleted" => new WebhookEvent.UserDeleted(UserId(payload), FiredAt(payload, element)),
        "group.member.added" => MemberChanged(payload, element, isMember: true),
        "group.member.removed" => MemberChanged(payload, element, isMember: false),
        _ => new WebhookEvent.Unknown(),
    };

    private static WebhookEvent.Completed Completed(
        PayloadReader payload, ActivityType type, string prefix, OrganisationClock clock, DateTimeOffset? fallback)
    {
        var completedAt = payload.Time("completion_date") ?? fallback;
        if (completedAt is null)
        {
            payload.Complain("completion_date", "is required");
        }

        var date = clock.DateOf(completedAt ?? clock.Now);
        if (date < CalendarDate.Earliest)
        {
            payload.Complain("completion_date", CalendarDate.Rule);
        }

        var activity = new Activity(type, payload.Id($"{prefix}_id").Required()!);
        return new WebhookEvent.Completed(new Completion(UserId(payload), activity, payload.Name($"{prefix}_name"), date));
    }

    private static WebhookEvent.UserChanged UserChanged(PayloadReader payload, WebhookElement element, bool isComplete)
    {
        var username = payload.Text("username", TextRule.Username);
        var news = new UserNews
        {
            Username = isComplete ? username.Required() : username.Value,
            FirstName = payload.Text("first_name", TextRule.PersonName).Value,
            LastName = payload.Text("last_name", TextRule.PersonName).Value,
            SaysEmail = payload.Has("email"),
            Email = payload.Text("email", TextRule.Email).Value,
            SaysBranch = payload.Has("branch_id"),
            BranchId = payload.Id("branch_id").Value,
            BranchName = payload.Name("branch_name"),
            Active = payload.Flag("active"),
            IsComplete = isComplete,
        };
        return new WebhookEvent.UserChanged(UserId(payload), news, FiredAt(payload, element));
    }

    private static WebhookEvent.MemberChanged MemberChanged(PayloadReader payload, WebhookElement element, bool isMember)
    {
        var group = payload.Id("group_id").Required();
        return new WebhookEvent.MemberChanged(
            group!, payload.Name("group_name"), UserId(payload), isMember, FiredAt(payload, element));
    }

    private static LmsId UserId(PayloadReader payload) => payload.Id("user_id").Required()!;

    private static DateTimeOffset FiredAt(PayloadReader payload, WebhookElement element) => payload.Time("fired_at") ?? element.ReceivedAt;
}
