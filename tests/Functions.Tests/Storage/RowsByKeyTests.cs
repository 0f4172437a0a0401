using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage;

/// <summary>What reading many rows costs, by how they lie.</summary>
public sealed class RowsByKeyTests
{
    private static readonly LmsId[] Shard3 =
        [.. Enumerable.Range(0, 40_000).Select(i => Sample.Id($"u-{i:d5}")).Where(id => Shard.Of(id).Number == 3).Take(2_200)];

    private readonly RequestCounter requests = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(RowsByKey.FewKeys, RowsByKey.FewKeys)]
    [InlineData(RowsByKey.FewKeys + 1, 1)]
    [InlineData(900, 1)]
    [InlineData(1_001, 2)]
    public async Task Ids_that_lie_together_cost_a_range_for_each_thousand(int count, int cost) =>
        Assert.Equal((count, cost), await ReadAsync([.. Shard3.Take(count)]));

    [Fact]
    public async Task Ids_that_lie_far_apart_cost_one_range_and_then_a_read_each()
    {
        // 22 of 2,200: the first 220 rows hold 3 of them, too few to read on.
        LmsId[] sparse = [.. Shard3.Where((_, i) => i % 100 == 0)];

        Assert.Equal((22, 1 + 19), await ReadAsync(sparse));
    }

    [Fact]
    public async Task One_in_ten_rows_is_dense_enough_to_read_on()
    {
        LmsId[] every10 = [.. Shard3.Where((_, i) => i % 10 == 0)];

        Assert.Equal((220, 3), await ReadAsync(every10));
    }

    [Fact]
    public async Task Ids_that_exist_nowhere_are_left_out()
    {
        LmsId[] mixed = [.. Shard3.Take(20).SelectMany(id => new[] { id, Sample.Id($"{id}-x") }).Where(id => Shard.Of(id).Number == 3)];

        Assert.Equal((20, 1), await ReadAsync(mixed));
    }

    private static readonly Lazy<Task<string>> Filled = new(FillAsync);

    private async Task<(int Found, int Cost)> ReadAsync(IReadOnlyList<LmsId> ids)
    {
        var table = (await Emulator.ClientsAsync(requests.AddTo)).Table(await Filled.Value);
        IReadOnlyDictionary<string, TableEntity>? found = null;
        var cost = await requests.CountAsync(async () =>
            found = await new RowsByKey(table).FindAsync(UserKeys.Partition(Shard3[0]), [.. ids.Select(UserKeys.OfUser)], Cancellation));
        Assert.All(found!, pair => Assert.Equal(pair.Key, pair.Value.RowKey));
        return (found!.Count, cost);
    }

    /// <summary>Copies one real row, since writing each user for itself would take a minute.</summary>
    private static async Task<string> FillAsync()
    {
        var table = await OwnTable.CreateAsync();
        var row = UserRow.Of(UserKeys.Partition(Shard3[0]), UserKeys.OfUser(Shard3[0]), Sample.User(Shard3[0].Value, "ada"), new UsernameClaim("ada", "token"));
        foreach (var chunk in Shard3.Chunk(100))
        {
            await table.SubmitTransactionAsync(chunk.Select(id => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Copy(row, id))));
        }

        return table.Name;
    }

    private static TableEntity Copy(TableEntity row, LmsId id)
    {
        var copy = new TableEntity(row) { RowKey = UserKeys.OfUser(id) };
        foreach (var member in row.Where(member => member.Value is string text && text == Shard3[0].Value))
        {
            copy[member.Key] = id.Value;
        }

        return copy;
    }
}
