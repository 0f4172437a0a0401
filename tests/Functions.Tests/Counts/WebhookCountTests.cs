using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Lms;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Counts;

/// <summary>What an event of the LMS about users costs, from its acceptance to its end, in requests. Counts are exact, on any machine.</summary>
public sealed class WebhookCountTests : IAsyncLifetime
{
    private World world = null!;
    private Worker worker = null!;
    private int messages;

    public async ValueTask InitializeAsync()
    {
        world = await World.CreateAsync();
        worker = world.StartWorker();
        await worker.Get<BranchService>().PutAsync(LmsId.Parse("uk"), "UK", null, Precondition.None, By.Hand, CancellationToken.None);
        await worker.Get<GroupService>().PutAsync(LmsId.Parse("drivers"), "Drivers", Precondition.None, By.Hand, CancellationToken.None);
        await SendAsync(User("u-1", "10:00:00"));
        await SendAsync(Member("10:00:00"));
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    /// <summary>The branch, the user, its gate, claim and row; the entry of the audit, and a look whether anybody waits for it.</summary>
    [Theory]
    [InlineData("u-2")]
    [InlineData("u-11")]
    public async Task A_new_person_in_a_branch_costs_10_requests_to_tables_at_most(string id)
    {
        var requests = await CountAsync(User(id, "10:00:00"));

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
        var costs = (User: await CountAsync(User("u-1", time)), Member: await CountAsync(Member(time)));

        Assert.Equal(before?.Version, (await FindAsync("u-1"))?.Version);
        Assert.InRange(costs.User, 2, 6);
        Assert.InRange(costs.Member, 2, 6);
        Assert.Empty(await world.CheckAsync());
    }

    private async Task<int> CountAsync((string Event, string Payload) sent)
    {
        var port = world.Storage.Tables.Uri.Port;
        var before = worker.Storage.Calls.Count(call => call.Request.Uri.Port == port);
        await SendAsync(sent);
        return worker.Storage.Calls.Count(call => call.Request.Uri.Port == port) - before;
    }

    private Task<User?> FindAsync(string id) => world.StartWorker().Get<IUserStore>().FindAsync(LmsId.Parse(id), CancellationToken.None);

    private static (string Event, string Payload) User(string id, string time) => ("user.created",
        $$"""{"fired_at":"2026-11-20 {{time}}","user_id":"{{id}}","username":"{{id}}","first_name":"New","last_name":"Joiner","branch_id":"uk"}""");

    private static (string Event, string Payload) Member(string time) => ("group.member.added",
        $$"""{"fired_at":"2026-11-20 {{time}}","group_id":"drivers","user_id":"u-1"}""");

    private async Task SendAsync((string Event, string Payload) sent)
    {
        var body = $$"""{"message_id":"m-{{++messages}}","event":"{{sent.Event}}","payload":{{sent.Payload}}}""";
        await worker.Get<WebhookService>().ReceiveAsync(Encoding.UTF8.GetBytes(body), CancellationToken.None);
        await world.Queues.RunToEndAsync(worker);
    }
}
