using System.Globalization;
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
    private const string Holders = "holders";

    /// <summary>One property a century keeps a property under 64 KiB whatever the dates: 1,200 months × about 12 characters.</summary>
    private const string CenturyPrefix = "expiring";

    /// <summary>All that <see cref="HoldersIn"/> needs.</summary>
    public static readonly IReadOnlyList<string> ColumnsOfHolders = [nameof(ITableEntity.PartitionKey), nameof(ITableEntity.RowKey), Holders];

    private readonly Shard shard;
    private readonly CertificationCode code;
    private readonly SortedDictionary<string, int> months = new(StringComparer.Ordinal);
    private string? revision;

    private HolderCount(Shard shard, CertificationCode code) => (this.shard, this.code) = (shard, code);

    public int Count { get; private set; }

    /// <summary>How many expire in each month, by <c>yyyy-MM</c>.</summary>
    public IReadOnlyDictionary<string, int> Months => months;

    public static int HoldersIn(TableEntity row) => row.GetInt32(Holders)!.Value;

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
    public HolderCount Copy()
    {
        var copy = new HolderCount(shard, code) { Count = Count, revision = revision };
        foreach (var (month, holders) in months)
        {
            copy.months[month] = holders;
        }

        return copy;
    }

    public void StoredAs(string? newRevision) => revision = newRevision;

    public TableTransactionAction ToAction()
    {
        var row = new TableEntity(AwardKeys.Partition(shard), AwardKeys.HolderCount(code)) { [Holders] = Count };
        foreach (var century in months.GroupBy(month => month.Key[..2]))
        {
            row[CenturyPrefix + century.Key] = string.Join(
                ' ', century.Select(month => string.Create(CultureInfo.InvariantCulture, $"{month.Key}={month.Value}")));
        }

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
            var month = expiresOn.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            months[month] = months.GetValueOrDefault(month) + difference;
            if (months[month] == 0)
            {
                months.Remove(month);
            }
        }
    }

    private void Read(TableEntity row)
    {
        revision = row.ETag.ToString();
        Count = row.GetInt32(Holders)!.Value;
        foreach (var month in row.Where(property => property.Key.StartsWith(CenturyPrefix, StringComparison.Ordinal))
                     .SelectMany(property => ((string)property.Value).Split(' ')))
        {
            months[month[..7]] = int.Parse(month.AsSpan(8), CultureInfo.InvariantCulture);
        }
    }
}
