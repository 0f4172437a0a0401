using Azure;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// How many users of a shard hold a certification, and how many of them expire in which month. Changed in the transaction that
/// changes the awards, so it is exact without ever being recounted.
/// </summary>
internal sealed class HolderCount
{
    public const string Holders = "holders";

    /// <summary>In properties of less than 64 KiB: <c>expiries0</c>, <c>expiries1</c>, …</summary>
    public const string Expiries = "expiries";

    /// <summary>All that <see cref="HoldersIn"/> needs.</summary>
    public static readonly IReadOnlyList<string> ColumnsOfHolders = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), Holders];

    private readonly Shard shard;
    private readonly CertificationCode code;
    private ExpiryMonths expiries = new();
    private string? revision;

    private HolderCount(Shard shard, CertificationCode code) => (this.shard, this.code) = (shard, code);

    public int Count { get; private set; }

    /// <summary>How many expire in each month, the first day standing for it.</summary>
    public IEnumerable<KeyValuePair<DateOnly, int>> Months => expiries.All;

    /// <summary>At most so many bytes of it are stored, but for its keys.</summary>
    public int MostBytes => expiries.MostBytes;

    public static int HoldersIn(TableEntity row) => row.GetInt32(Holders)!.Value;

    /// <summary>How many expire in each month, the first day standing for it.</summary>
    public static IEnumerable<KeyValuePair<DateOnly, int>> MonthsIn(TableEntity row) => ExpiryMonths.Of(PropertyParts.Read(row, Expiries)).All;

    public static async Task<HolderCount> LoadAsync(
        TableClient table, Shard shard, CertificationCode code, CancellationToken cancellationToken)
    {
        var row = await table.GetEntityIfExistsAsync<TableEntity>(
            AwardKeys.Partition(shard), AwardKeys.HolderCount(code), cancellationToken: cancellationToken);
        var count = new HolderCount(shard, code);
        if (row.HasValue)
        {
            count.Read(row.Value!);
        }

        return count;
    }

    /// <summary>Whether a change of one award changes any count.</summary>
    public static bool IsTouchedBy(Award? before, Award after)
    {
        var heldBefore = before is { Held: true };
        return heldBefore != after.Held || (heldBefore && before!.ExpiresOn != after.ExpiresOn);
    }

    public void Apply(Award? before, Award after)
    {
        Add(before, -1);
        Add(after, +1);
    }

    /// <summary>A copy to change: the original stays as it is stored, until the transaction is.</summary>
    public HolderCount Copy() => new(shard, code) { Count = Count, expiries = expiries.Copy(), revision = revision };

    public void StoredAs(string? newRevision) => revision = newRevision;

    public TableTransactionAction ToAction()
    {
        var row = new TableEntity(AwardKeys.Partition(shard), AwardKeys.HolderCount(code)) { [Holders] = Count };
        PropertyParts.Write(row, Expiries, expiries.ToBytes());
        return revision is null
            ? new TableTransactionAction(TableTransactionActionType.Add, row)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, row, new ETag(revision));
    }

    private void Add(Award? award, int difference)
    {
        if (award is not { Held: true })
        {
            return;
        }

        Count += difference;
        if (award.ExpiresOn is { } expiresOn)
        {
            expiries.Add(expiresOn, difference);
        }
    }

    private void Read(TableEntity row)
    {
        revision = row.ETag.ToString();
        Count = row.GetInt32(Holders)!.Value;
        expiries = ExpiryMonths.Of(PropertyParts.Read(row, Expiries));
    }
}
