using System.Globalization;
using CertFunctions.Core;
using CertFunctions.Core.Audit;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>
/// The keys of table <c>Audit</c>. A partition is a day: its head, its entries newest first, and an index of them by subject and by actor, so
/// that one transaction writes them all. One more partition lists the days, newest first, and one what <see cref="AuditOutbox"/> keeps there.
/// </summary>
internal static class AuditKeys
{
    public const string Days = "days";
    public const string Pending = "pending";

    /// <summary>Sorts below all others of its partition.</summary>
    public const string Head = "!head";

    private const string Entry = "E";
    private const string Subject = "S";
    private const string Actor = "A";
    private const int LastDay = 99_999_999;
    private const long LastNumber = 9_999_999_999;

    public static string Partition(DateOnly day) => CalendarDate.ToText(day);

    public static RowRange Entries(DateOnly day) => new(Partition(day), StorageKey.RangeBelow(Entry));

    /// <summary>Those with a number up to this one, the last first.</summary>
    public static RowRange EntriesUpTo(DateOnly day, long number) => Entries(day) with { From = OfEntry(number) };

    public static RowRange EntriesBehind(DateOnly day, long number) => Entries(day) with { To = OfEntry(number) };

    public static string OfEntry(long number) => StorageKey.Join(Entry, (LastNumber - number).ToString("d10", CultureInfo.InvariantCulture));

    public static string OfSubject(AuditEntry entry) => StorageKey.Join(Subject, StorageKey.OfExactText(entry.Subject), entry.Id);

    public static string OfActor(AuditEntry entry) => StorageKey.Join(Actor, StorageKey.OfExactText(entry.By.Name), entry.Id);

    public static RowRange BySubject(DateOnly day, string subject) =>
        new(Partition(day), StorageKey.RangeBelow(Subject, StorageKey.OfExactText(subject)));

    public static RowRange ByActor(DateOnly day, string actor) =>
        new(Partition(day), StorageKey.RangeBelow(Actor, StorageKey.OfExactText(actor)));

    public static RowRange AllBySubject(DateOnly day) => new(Partition(day), StorageKey.RangeBelow(Subject));

    public static RowRange AllByActor(DateOnly day) => new(Partition(day), StorageKey.RangeBelow(Actor));

    public static string OfDay(DateOnly day) => (LastDay - NumberOf(day)).ToString("d8", CultureInfo.InvariantCulture);

    public static DateOnly ReadDay(string rowKey) =>
        DateOnly.ParseExact((LastDay - int.Parse(rowKey, CultureInfo.InvariantCulture)).ToString("d8", CultureInfo.InvariantCulture), "yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>Those of a range of days.</summary>
    public static RowRange DaysBetween(DateOnly? from, DateOnly? to) => new(Days, OfDay(to ?? DateOnly.MaxValue), OfDay(from ?? DateOnly.MinValue) + StorageKey.Separator);

    /// <summary>The first that has entries after a day is the last of these.</summary>
    public static RowRange DaysAfter(DateOnly day) => new(Days, OfDay(DateOnly.MaxValue), OfDay(day));

    /// <summary>How callers know an entry.</summary>
    public static string IdOf(DateOnly day, long number) => string.Create(CultureInfo.InvariantCulture, $"{CalendarDate.ToText(day)}-{number:d6}");

    private static int NumberOf(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;
}
