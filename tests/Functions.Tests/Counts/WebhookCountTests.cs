using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Counts;

/// <summary>G21: what an event of the LMS about users costs, from its acceptance to its end, in requests. Counts are exact, on any machine.</summary>
public sealed class WebhookCountTests : IAsyncLifetime
{
    private World world = null!;
    private CountedEvents events = null!;

    public async ValueTask InitializeAsync()
    {
        world = await World.CreateAsync();
        events = await CountedEvents.SetAsync(world);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    /// <summary>The branch, the user, its gate, claim and row; the entry of the audit, and a look whether anybody waits for it.</summary>
    [Theory]
    [InlineData("u-2")]
    [InlineData("u-11")]
    public async Task A_new_person_in_a_branch_costs_10_requests_to_tables_at_most(string id)
    {
        var requests = await events.CountUserAsync(id, "10:00:00");

        Assert.Equal(LmsId.Parse("uk"), (await FindAsync(id))?.BranchId);
        Assert.InRange(requests, 8, 10);
    }

    /// <summary>Whether it is the newest news, whose time is noted, or older than that.</summary>
    [Theory]
    [InlineData("11:00:00")]
    [InlineData("09:00:00")]
    public async Task An_event_that_changes_nothing_costs_6_requests_to_tables_at_most(string time)
    {
        var before = await FindAsync("u-1");
        var costs = (User: await events.CountUserAsync("u-1", time), Member: await events.CountMemberAsync("u-1", time));

        Assert.Equal(before?.Version, (await FindAsync("u-1"))?.Version);
        Assert.InRange(costs.User, 2, 6);
        Assert.InRange(costs.Member, 2, 6);
        Assert.Empty(await world.CheckAsync());
    }

    private Task<User?> FindAsync(string id) => world.StartWorker().Get<IUserStore>().FindAsync(LmsId.Parse(id), CancellationToken.None);
}
