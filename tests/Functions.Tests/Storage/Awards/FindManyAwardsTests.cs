using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Storage.Awards;

/// <summary>What many users of a shard hold is read at about the cost of what is asked for, however they lie among the others.</summary>
public sealed class FindManyAwardsTests
{
    private const int Users = 400;
    private static readonly Shard Shard = Shard.Numbered(3);
    private static readonly CertificationCode Fire = CertificationCode.Parse("FIRE-1");
    private static readonly CertificationCode[] Codes = [CertificationCode.Parse("A-1"), Fire, CertificationCode.Parse("Z-1")];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(8, 1, 8)]
    [InlineData(9, 1, 1)]
    [InlineData(400, 1, 2)]
    [InlineData(200, 2, 2)]
    [InlineData(10, 40, 11)]
    [InlineData(20, 20, 2)]
    public async Task Finds_them_dense_or_far_apart(int count, int every, int requests)
    {
        await using var world = await World.CreateAsync();
        var users = AwardSamples.UsersOf(Shard, Users);
        await SeedAsync(world, users);
        var wanted = users.Where((_, index) => index % every == 0).Take(count).ToList();
        var worker = world.StartWorker();

        var found = await worker.Get<IAwardStore>().FindManyAsync(Fire, Shard, wanted, Cancellation);

        // Every third user does not hold it.
        Assert.Equal(wanted.Where(user => !IsLacking(users, user)), found.Keys.Order(ShardOrder.Instance));
        Assert.All(found.Values, stored => Assert.Equal(Fire, stored.Award.CertificationCode));
        Assert.InRange(worker.Storage.Calls.Count, 1, requests);
    }

    private static bool IsLacking(IReadOnlyList<LmsId> users, LmsId user) => users.Index().First(one => one.Item == user).Index % 3 == 2;

    private static async Task SeedAsync(World world, IReadOnlyList<LmsId> users)
    {
        var rows = users.SelectMany(user => Codes.Where(code => code != Fire || !IsLacking(users, user)).Select(code => AwardRow.Of(
            Shard, AwardKeys.Truth(user, code), AwardSamples.New(code, user), AwardSamples.ShownOf(user), "seeded")));
        foreach (var some in rows.Chunk(100))
        {
            await world.Storage.Table(StorageNames.Tables.Awards).SubmitTransactionAsync(
                some.Select(row => new TableTransactionAction(TableTransactionActionType.Add, row)), Cancellation);
        }
    }
}
