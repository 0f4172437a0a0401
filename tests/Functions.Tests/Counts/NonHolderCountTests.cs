using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Counts;

/// <summary>What a page of those who do not hold a certification costs in requests to tables. Counts are exact, on any machine.</summary>
public sealed class NonHolderCountTests
{
    private const int Users = 1_000;
    private const int MostPerPage = 22;

    /// <summary>Nobody, every other one or everybody holds it: a page looks no further for that.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Pages_of_50_of_all_users_cost_at_most_22_requests(int everyNthHolds)
    {
        await using var world = await World.CreateAsync();
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var ids = Seed.Ids(Users);
        List<LmsId> holders = [.. ids.Where((_, index) => everyNthHolds > 0 && index % everyNthHolds == 0)];
        await world.Seed.AddUsersAsync(ids);
        if (holders.Count > 0)
        {
            await new CountedImports(world).RunAsync("awards/a.csv", SampleFiles.Awards(holders));
        }

        var worker = world.StartWorker();
        var service = worker.Get<NonHolderService>();
        List<int> costs = [];
        var found = await Walk.AllAsync(50, async page =>
        {
            var before = world.TableRequestsOf(worker);
            var outcome = await service.ListAsync(code, branch: null, group: null, page, CancellationToken.None);
            costs.Add(world.TableRequestsOf(worker) - before);
            return Assert.IsType<Outcome<Page<User>>.Done>(outcome).Value;
        });

        TestContext.Current.TestOutputHelper?.WriteLine($"1 of {everyNthHolds}: {string.Join(' ', costs)}");
        Assert.Equal(ids.Except(holders).Order(ShardOrder.Instance), found.Select(user => user.Id));
        Assert.InRange(costs.Max(), 1, MostPerPage);
    }
}
