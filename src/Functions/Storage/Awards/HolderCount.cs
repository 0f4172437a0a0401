using Azure;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// How many users of a shard hold a certification, and how many of them expire in which month and on which day. Changed in the transaction that
/// changes the awards, so it is exact without ever being recounted. It also knows where the first award of a day came and the last one went: only
/// then the day's mark is written or deleted.
/// </summary>
internal sealed class HolderCount
{
    public const string Holders = "holders";

    /// <summary>In properties of less than 64 KiB: <c>expiries0</c>, <c>expiries1</c>, …</summary>
    public const string Expiries = "expiries";

    /// <summary>The same by day.</summary>
    public const string Days = "days";

    /// <summary>All that <see cref="HoldersIn"/> needs.</summary>
    public static readonly IReadOnlyList<string> ColumnsOfHolders = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), Holders];

    private readonly Shard shard;
    private readonly CertificationCode code;
    private readonly Dictionary<Expiry, bool> markedBefore = [];
    private ExpiryMonths expiries = new();
    private ExpiryDays days = new();
    private string? revision;

    private HolderCount(Shard shard, CertificationCode code) => (this.shard, this.code) = (shard, code);

    public int Count { get; private set; }

    /// <summary>How many expire in each month, the first day standing for it.</summary>
    public IEnumerable<KeyValuePair<DateOnly, int>> Months => expiries.All;

    /// <summary>How many expire on each day.</summary>
    public IEnumerable<KeyValuePair<DateOnly, int>> ByDay => days.All;

    /// <summary>At most so many bytes of it are stored, but for its keys.</summary>
    public int MostBytes => expiries.MostBytes + days.MostBytes;

    /// <summary>How many marks of days its changes write or delete.</summary>
    public int MarkOperations => markedBefore.Count(day => IsMarked(day.Key) != day.Value);

    public static int HoldersIn(TableEntity row) => row.GetInt32(Holders)!.Value;

    /// <summary>How many expire in each month, the first day standing for it.</summary>
    public static IEnumerable<KeyValuePair<DateOnly, int>> MonthsIn(TableEntity row) => ExpiryMonths.Of(PropertyParts.Read(row, Expiries)).All;

    public static async Task<HolderCount> LoadAsync(
        TableClient table, Shard shard, CertificationCode code, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            AwardKeys.Partition(shard), AwardKeys.HolderCount(code), cancellationToken: cancellationToken);
        return Of(shard, code, row.HasValue ? row.Value : null);
    }

    /// <param name="row">As it is stored; null: it never was.</param>
    public static HolderCount Of(Shard shard, CertificationCode code, TableEntity? row)
    {
        var count = new HolderCount(shard, code);
        if (row is not null)
        {
            count.Read(row);
        }

        return count;
    }

    /// <summary>Whether a change of one award changes any count.</summary>
    public static bool IsTouchedBy(Award? before, Award after)
    {
        var heldBefore = before is { Held: true };
        return heldBefore != after.Held || (heldBefore && before!.ExpiresOn != after.ExpiresOn);
    }

    /// <summary>Whether it counts the awards that expire then: of more days than fit a row it does not.</summary>
    /// <param name="expiresOn">Null: never, and those are always counted.</param>
    public bool Counts(DateOnly? expiresOn) => expiresOn is not { } day || days.HasAwards(day) is not null;

    public void Apply(Award? before, Award after)
    {
        Add(before, -1);
        Add(after, +1);
    }

    /// <summary>Takes back what was applied last.</summary>
    public void Revert(Award? before, Award after)
    {
        Add(after, -1);
        Add(before, +1);
    }

    /// <summary>A copy to change: the original stays as it is stored, until the transaction is.</summary>
    public HolderCount Copy() => new(shard, code) { Count = Count, expiries = expiries.Copy(), days = days.Copy(), revision = revision };

    public void StoredAs(string? newRevision)
    {
        revision = newRevision;
        markedBefore.Clear();
    }

    public TableTransactionAction ToAction()
    {
        var row = new TableEntity(AwardKeys.Partition(shard), AwardKeys.HolderCount(code)) { [Holders] = Count };
        PropertyParts.Write(row, Expiries, expiries.ToBytes());
        PropertyParts.Write(row, Days, days.ToBytes());
        return revision is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(revision));
    }

    /// <summary>The days on which an award expires first, or no longer. Deleted only where it is known to be there.</summary>
    public IEnumerable<TableTransactionAction> MarkActions()
    {
        foreach (var (day, wasMarked) in markedBefore.Where(day => IsMarked(day.Key) != day.Value))
        {
            var mark = new TableEntity(AwardKeys.Partition(shard), AwardKeys.OfExpiry(day.Day, code));
            yield return wasMarked
                ? new TableTransactionAction(TableTransactionActionType.Delete, mark, ETag.All)
                : new TableTransactionAction(TableTransactionActionType.UpsertReplace, mark);
        }
    }

    private void Add(Award? award, int difference)
    {
        if (award is not { Held: true })
        {
            return;
        }

        var isKnown = Counts(award.ExpiresOn);
        if (isKnown || difference > 0)
        {
            // Where nobody knows, the mark is written once too often rather than once too seldom, and stays.
            markedBefore.TryAdd(new Expiry(award.ExpiresOn), isKnown && IsMarked(new Expiry(award.ExpiresOn)));
        }

        Count += difference;
        if (award.ExpiresOn is { } expiresOn)
        {
            expiries.Add(expiresOn, difference);
            days.Add(expiresOn, difference);
        }
    }

    private bool IsMarked(Expiry expiry) => expiry.Day is { } day ? days.HasAwards(day) ?? true : Count > expiries.Total;

    private void Read(TableEntity row)
    {
        revision = row.ETag.ToString();
        Count = row.GetInt32(Holders)!.Value;
        expiries = ExpiryMonths.Of(PropertyParts.Read(row, Expiries));
        days = ExpiryDays.Of(PropertyParts.Read(row, Days));
    }

    /// <param name="Day">Null: never.</param>
    private readonly record struct Expiry(DateOnly? Day);
}
