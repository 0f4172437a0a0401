using CertFunctions.Core;
using CertFunctions.Core.Lms;

namespace CertFunctions.Functions.Storage.Lms;

/// <summary>
/// The keys of table Webhooks. One partition holds the dead letters (newest first, as their ids sort) and the index of those that wait
/// for a user, so that both change in one transaction.
/// </summary>
internal static class DeadLetterKeys
{
    public const string Partition = "dead";
    private const string Letter = "D";
    private const string Waiting = "W";

    public static RowRange Letters { get; } = new(Partition, StorageKey.RangeBelow(Letter));

    /// <summary>Those whose message came at a time or after it.</summary>
    public static RowRange Since(DateTimeOffset time) => Letters with { To = StorageKey.Join(Letter, DeadLetterId.BehindAllSince(time)) };

    /// <summary>Those whose message came before a time.</summary>
    public static RowRange Before(DateTimeOffset time) => Letters with { From = StorageKey.Join(Letter, DeadLetterId.BehindAllSince(time)) };

    public static RowRange AllWaiting { get; } = new(Partition, StorageKey.RangeBelow(Waiting));

    public static string Of(DeadLetterId id) => StorageKey.Join(Letter, id.Value);

    public static string OfWaiting(LmsId userId, DeadLetterId id) => StorageKey.Join(Waiting, userId.Value, id.Value);

    /// <summary>Those of all users from one to another.</summary>
    public static RowRange WaitingForAny(LmsId first, LmsId last) => new(Partition, WaitingFor(first).From, WaitingFor(last).To);

    public static RowRange WaitingFor(LmsId userId) => new(Partition, StorageKey.RangeBelow(Waiting, userId.Value));

    public static (LmsId UserId, DeadLetterId Id) ReadWaiting(string rowKey) =>
        rowKey.Split(StorageKey.Separator) is [_, var userId, var id]
            ? (LmsId.Parse(userId), DeadLetterId.Parse(id))
            : throw new FormatException($"{rowKey} is no key of one that waits.");
}
