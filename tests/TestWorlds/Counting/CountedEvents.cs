using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Lms;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.TestWorlds.Counting;

/// <summary>Events of the LMS about people, each seen through by one process before the next comes.</summary>
public sealed class CountedEvents
{
    private readonly World world;
    private readonly Worker worker;
    private int messages;

    private CountedEvents(World world)
    {
        this.world = world;
        worker = world.StartWorker();
    }

    /// <summary>With the branch and the group that the events speak of, and u-1 in both since 10:00.</summary>
    public static async Task<CountedEvents> SetAsync(World world)
    {
        var events = new CountedEvents(world);
        await events.worker.Get<BranchService>().PutAsync(LmsId.Parse("uk"), "UK", null, Precondition.None, By.Hand, CancellationToken.None);
        await events.worker.Get<GroupService>().PutAsync(LmsId.Parse("drivers"), "Drivers", Precondition.None, By.Hand, CancellationToken.None);
        await events.CountUserAsync("u-1", "10:00:00");
        await events.CountMemberAsync("u-1", "10:00:00");
        return events;
    }

    /// <summary>There is a user, who belongs to the branch.</summary>
    /// <param name="id">Also the username.</param>
    /// <param name="time">When it was so; all news are of one day.</param>
    /// <returns>How many requests to tables it took, from its acceptance to its end.</returns>
    public Task<int> CountUserAsync(string id, string time) => CountAsync(
        "user.created",
        $$"""{"fired_at":"2026-11-20 {{time}}","user_id":"{{id}}","username":"{{id}}","first_name":"New","last_name":"Joiner","branch_id":"uk"}""");

    /// <summary>The same of a member of the group.</summary>
    public Task<int> CountMemberAsync(string id, string time) => CountAsync(
        "group.member.added", $$"""{"fired_at":"2026-11-20 {{time}}","group_id":"drivers","user_id":"{{id}}"}""");

    private async Task<int> CountAsync(string name, string payload)
    {
        var before = world.TableRequestsOf(worker);
        var body = $$"""{"message_id":"m-{{++messages}}","event":"{{name}}","payload":{{payload}}}""";
        await worker.Get<WebhookService>().ReceiveAsync(Encoding.UTF8.GetBytes(body), CancellationToken.None);
        await world.Queues.RunToEndAsync(worker);
        return world.TableRequestsOf(worker) - before;
    }
}
