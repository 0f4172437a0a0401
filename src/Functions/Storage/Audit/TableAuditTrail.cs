using System.Text.Json;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>Reads what <see cref="AuditLedger"/> wrote.</summary>
internal sealed class TableAuditTrail(TableClient table) : IAuditTrail
{
    /// <summary>A page that finds little gives up after so many days; the next goes on there.</summary>
    public const int DaysPerPage = 31;

    private const int RowsPerRead = 1_000;

    public async Task<Page<RecordedEntry>> ListAsync(AuditFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var place = Place.Read(page.After);
        var days = await AuditKeys.DaysBetween(filter.From, place?.Day ?? filter.To).ReadFirstAsync(table, DaysPerPage + 1, cancellationToken);
        List<RecordedEntry> found = [];
        foreach (var day in days.Take(DaysPerPage).Select(row => AuditKeys.ReadDay(row.RowKey)))
        {
            var range = RangeOf(filter, day).After(place?.Day == day ? place.RowKey : null);
            var rows = await range.ReadFirstAsync(table, page.Limit - found.Count + 1, cancellationToken);
            var taken = rows.Take(page.Limit - found.Count).ToList();
            found.AddRange(await ReadAsync(filter, day, taken, cancellationToken));
            if (taken.Count < rows.Count)
            {
                return new Page<RecordedEntry>(found, new Place(day, taken.Count > 0 ? taken[^1].RowKey : null).ToString());
            }
        }

        return new Page<RecordedEntry>(found, days.Count > DaysPerPage ? new Place(AuditKeys.ReadDay(days[^1].RowKey), null).ToString() : null);
    }

    public async Task<AuditVerdict> VerifyAsync(DateOnly day, CancellationToken cancellationToken)
    {
        // In this order: the next day remembers no more of this one than there was by then.
        var following = await FindFollowingAsync(day, cancellationToken);
        var head = await AuditHead.FindAsync(table, day, cancellationToken);
        var check = new ChainCheck(day, head, following);
        var count = head?.Count ?? 0;
        foreach (var row in await ReadBehindAsync(day, count, cancellationToken))
        {
            check.Add(AuditRow.ReadChained(row));
        }

        await foreach (var row in AuditKeys.EntriesUpTo(day, count).ReadAsync(table, RowsPerRead, cancellationToken))
        {
            check.Add(AuditRow.ReadChained(row));
        }

        foreach (var index in new[] { AuditKeys.AllBySubject(day), AuditKeys.AllByActor(day) })
        {
            await foreach (var row in index.ReadAsync(table, RowsPerRead, cancellationToken).Where(row => AuditRow.ReadNumber(row) <= count))
            {
                check.AddIndexRow(row.RowKey, AuditRow.ReadNumber(row));
            }
        }

        return check.Finish();
    }

    /// <summary>
    /// The entries behind an end of the chain that the chain has not reached meanwhile either: while a day is verified, others add to it.
    /// </summary>
    private async Task<IReadOnlyList<TableEntity>> ReadBehindAsync(DateOnly day, long count, CancellationToken cancellationToken)
    {
        var behind = await AuditKeys.EntriesBehind(day, count).ReadAsync(table, RowsPerRead, cancellationToken).ToListAsync(cancellationToken);
        var reached = behind.Count == 0 ? 0 : (await AuditHead.FindAsync(table, day, cancellationToken))?.Count ?? 0;
        return [.. behind.Where(row => AuditRow.ReadNumber(row) > reached)];
    }

    private static RowRange RangeOf(AuditFilter filter, DateOnly day) => filter switch
    {
        { Subject: { } subject } => AuditKeys.BySubject(day, subject),
        { Actor: { } actor } => AuditKeys.ByActor(day, actor),
        _ => AuditKeys.Entries(day),
    };

    /// <param name="rows">Of the entries, or of an index of them.</param>
    private async Task<IEnumerable<RecordedEntry>> ReadAsync(
        AuditFilter filter, DateOnly day, IReadOnlyList<TableEntity> rows, CancellationToken cancellationToken)
    {
        var entries = filter is { Subject: null, Actor: null }
            ? (IEnumerable<TableEntity?>)rows
            : await Task.WhenAll(rows.Select(row =>
                table.FindRowAsync(row.PartitionKey, AuditKeys.OfEntry(AuditRow.ReadNumber(row)), cancellationToken)));
        return entries
            .OfType<TableEntity>()
            .Select(row => new RecordedEntry(AuditKeys.IdOf(day, AuditRow.ReadNumber(row)), AuditRow.ReadJson(row)))
            .Where(entry => filter.Subject is null || filter.Actor is null || IsOf(filter.Actor, entry.Content));
    }

    private static bool IsOf(string actor, JsonElement content) =>
        content.ValueKind == JsonValueKind.Object && content.TryGetProperty("actor", out var name) && name.ValueEquals(actor);

    /// <summary>What the next day that has entries was chained to; days are few, and read to the first behind this one.</summary>
    private async Task<AuditLink?> FindFollowingAsync(DateOnly day, CancellationToken cancellationToken)
    {
        var next = await AuditKeys.DaysAfter(day).ReadAsync(table, RowsPerRead, cancellationToken).LastOrDefaultAsync(cancellationToken);
        var link = next is null ? null : (await AuditHead.FindAsync(table, AuditKeys.ReadDay(next.RowKey), cancellationToken))?.Before;
        return link?.Day == day ? link : null;
    }

    /// <param name="RowKey">The last row that was read of the day; null: none yet.</param>
    private sealed record Place(DateOnly Day, string? RowKey)
    {
        public static Place? Read(string? text) => text?.Split(' ', 2) is [var day, var rowKey]
            ? new Place(CalendarDate.Parse(day), rowKey.Length == 0 ? null : rowKey)
            : null;

        public override string ToString() => $"{CalendarDate.ToText(Day)} {RowKey}";
    }
}
