using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Lms;

namespace CertFunctions.Functions.Lms;

/// <summary>A dead letter as callers see it.</summary>
/// <param name="Element">Its place in the message, from 0.</param>
/// <param name="Payload">The element as the LMS sent it.</param>
/// <param name="WaitingForUserId">It is replayed by itself once this user exists, or has given up the username that it needs; null: it takes somebody to replay it.</param>
public sealed record DeadLetterAnswer(
    string Id,
    string MessageId,
    string Event,
    int Element,
    JsonElement Payload,
    string Code,
    string Detail,
    DateTimeOffset ReceivedAt,
    DateTimeOffset FailedAt,
    int Attempts,
    LmsId? WaitingForUserId)
{
    public static DeadLetterAnswer Of(DeadLetter letter) => new(
        letter.Id.Value,
        letter.Element.MessageId,
        letter.Element.Event,
        letter.Element.Index,
        letter.Element.Payload,
        letter.Code,
        letter.Detail,
        letter.Element.ReceivedAt,
        letter.FailedAt,
        letter.Attempts,
        letter.WaitingForUserId);
}

/// <param name="Status"><c>applied</c>: it is gone; <c>failed</c>: it is still there.</param>
/// <param name="DeadLetter">With the reason of this attempt; null when it was applied.</param>
public sealed record ReplayAnswer(string Id, string Status, DeadLetterAnswer? DeadLetter)
{
    public static ReplayAnswer Of(Replayed replayed) => replayed.Letter is { } letter
        ? new(replayed.Id.Value, "failed", DeadLetterAnswer.Of(letter))
        : new(replayed.Id.Value, "applied", null);
}
