namespace CertFunctions.Core.Lms;

/// <summary>An element that could not be applied, with the reason of the last attempt.</summary>
/// <param name="Attempts">How often it was tried, replays included.</param>
/// <param name="WaitingForUserId">It is replayed by itself once this user exists, or has given up the username that it needs; null: it takes somebody to replay it.</param>
public sealed record DeadLetter(
    DeadLetterId Id, WebhookElement Element, string Code, string Detail, DateTimeOffset FailedAt, int Attempts, LmsId? WaitingForUserId)
{
    public static DeadLetter Of(WebhookElement element, ElementResult.Failed failed, int attempts, DateTimeOffset now) =>
        new(DeadLetterId.Of(element), element, failed.Why.Code, failed.Why.Detail, now, attempts, failed.WaitingForUserId);
}

/// <param name="Revision">Names this state of the stored row.</param>
public sealed record StoredDeadLetter(DeadLetter Letter, string Revision);
