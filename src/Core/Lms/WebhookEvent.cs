using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Lms;

/// <summary>What one element of a message says.</summary>
public abstract record WebhookEvent
{
    private WebhookEvent()
    {
    }

    public sealed record Completed(Completion Completion) : WebhookEvent;

    public sealed record UserChanged(LmsId UserId, UserNews News, DateTimeOffset At) : WebhookEvent;

    public sealed record UserDeleted(LmsId UserId, DateTimeOffset At) : WebhookEvent;

    /// <param name="GroupName">For a group that has no name yet; null: not told.</param>
    public sealed record MemberChanged(LmsId GroupId, string? GroupName, LmsId UserId, bool IsMember, DateTimeOffset At) : WebhookEvent;

    /// <summary>Of a kind that means nothing here.</summary>
    public sealed record Unknown : WebhookEvent;
}
