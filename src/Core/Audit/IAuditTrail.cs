using System.Text.Json;

namespace CertFunctions.Core.Audit;

/// <summary>What was written down of all changes, for those who ask.</summary>
public interface IAuditTrail
{
    /// <summary>Newest first. A filter may leave short pages.</summary>
    Task<Page<RecordedEntry>> ListAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken);

    /// <summary>Reads all entries of a day, and tells whether they are those that were written.</summary>
    Task<AuditVerdict> VerifyAsync(DateOnly day, CancellationToken cancellationToken);
}

/// <summary>Which entries are asked for.</summary>
/// <param name="From">Inclusive; null: from the first day on.</param>
/// <param name="To">Inclusive; null: to the last.</param>
/// <param name="Actor">Null: all.</param>
/// <param name="Subject">Exactly as entries spell it; null: all.</param>
public sealed record AuditFilter(DateOnly? From, DateOnly? To, string? Actor, string? Subject);

/// <param name="Id">The day and the entry's number in it: <c>2026-11-24-000042</c>.</param>
/// <param name="Content">The entry as it was written, a JSON object.</param>
public sealed record RecordedEntry(string Id, JsonElement Content);

/// <param name="Entries">How many there are.</param>
/// <param name="FirstBroken">The id of the first entry that was altered, is missing, or stands where it was not written; null: none.</param>
/// <param name="Detail">What does not fit; null: all fits.</param>
/// <param name="Hash">Of the last entry, and so of all: who notes it down can tell later that the day is still the same. Null: no entries.</param>
public sealed record AuditVerdict(DateOnly Day, int Entries, string? FirstBroken, string? Detail, string? Hash)
{
    public bool Intact => Detail is null;
}
