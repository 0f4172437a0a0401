using Azure.Data.Tables;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage;

/// <summary>What reading many ranges costs, by how they lie: 300 of them, with ten rows each.</summary>
public sealed class RowsOfRangesTests
{
    private const string Partition = "p";
    private const int RowsEach = 10;

    private static readonly RowRange[] Ranges = [.. Enumerable.Range(0, 300).Select(n => new RowRange(Partition, StorageKey.RangeBelow($"k{n:d3}")))];
    private static readonly Lazy<Task<string>> Filled = new(FillAsync);

    private readonly RequestCounter requests = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(99, 1)]
    [InlineData(101, 2)]
    [InlineData(300, 4)]
    public async Task Ranges_that_lie_together_cost_a_request_for_each_thousand_rows(int count, int cost) =>
        Assert.Equal((count * RowsEach, cost), await ReadAsync(Ranges[..count]));

    /// <summary>The first thousand rows hold 40 that are wanted: the other 6 ranges are read one by one.</summary>
    [Fact]
    public async Task Ranges_that_lie_far_apart_cost_one_look_and_then_a_request_each()
    {
        RowRange[] sparse = [.. Ranges.Where((_, n) => n % 30 == 0)];

        Assert.Equal((sparse.Length * RowsEach, 1 + 6), await ReadAsync(sparse));
    }

    /// <summary>A thousand rows end within the second range, of which the rest is read on its own.</summary>
    [Fact]
    public async Task A_range_that_a_page_cuts_is_read_to_its_end()
    {
        RowRange[] uneven = [new(Partition, Ranges[0].From, Ranges[0].To), new(Partition, Ranges[1].From, Ranges[250].To)];

        Assert.Equal((251 * RowsEach, 3), await ReadAsync(uneven));
    }

    [Fact]
    public async Task Ranges_without_rows_are_passed_over()
    {
        RowRange[] mixed = [.. Ranges[..20].SelectMany(range => new[] { range, new RowRange(Partition, range.To, range.To + "x") })];

        Assert.Equal((20 * RowsEach, 1), await ReadAsync(mixed));
    }

    private async Task<(int Found, int Cost)> ReadAsync(IReadOnlyList<RowRange> ranges)
    {
        var table = (await Emulator.ClientsAsync(requests.AddTo)).Table(await Filled.Value);
        List<TableEntity>? found = null;
        var cost = await requests.CountAsync(async () => found = await new RowsOfRanges(table).ReadAsync(ranges, Cancellation));
        Assert.Equal(found!.Select(row => row.RowKey).Order(StringComparer.Ordinal).Distinct(), found!.Select(row => row.RowKey));
        Assert.All(found!, row => Assert.Contains(ranges, range => string.CompareOrdinal(range.From, row.RowKey) <= 0 && string.CompareOrdinal(row.RowKey, range.To) < 0));
        return (found!.Count, cost);
    }

    private static async Task<string> FillAsync()
    {
        var table = await OwnTable.CreateAsync();
        var keys = Enumerable.Range(0, Ranges.Length).SelectMany(n => Enumerable.Range(0, RowsEach).Select(row => StorageKey.Join($"k{n:d3}", $"{row}")));
        foreach (var chunk in keys.Chunk(100))
        {
            await table.SubmitTransactionAsync(chunk.Select(key => new TableTransactionAction(TableTransactionActionType.Add, new TableEntity(Partition, key))));
        }

        return table.Name;
    }
}
