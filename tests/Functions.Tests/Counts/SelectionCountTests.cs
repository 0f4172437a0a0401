using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Tests.Faults;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Counts;

/// <summary>What a request costs until its 202 does not grow with the sources that it names.</summary>
public sealed class SelectionCountTests
{
    private const int Most = 20;

    [Fact]
    public async Task Hundreds_of_groups_take_no_more_requests_than_a_few()
    {
        await using var world = await World.CreateAsync();
        var users = Seed.Ids(230);
        await world.Seed.AddUsersAsync(users);
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var groups = await Task.WhenAll(users.Select((user, index) => world.Seed.AddGroupAsync($"g-{index}", [user])));
        var worker = world.StartWorker();

        var answer = await worker.PostAsync(code, $$"""{"groups":["{{string.Join("\",\"", groups.Select(id => id.Value))}}"]}""");

        Assert.Equal(202, answer.Status);
        Assert.InRange(worker.Storage.Calls.Count, 1, Most);
        await world.Queues.RunToEndAsync(world.StartWorker());
        Assert.Equal(230, (await world.HoldersAsync(code)).Count);
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task Hundreds_of_branches_take_no_more_requests_than_a_few()
    {
        await using var world = await World.CreateAsync();
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var branches = world.StartWorker().Get<BranchService>();
        LmsId[] ids = [.. Enumerable.Range(0, 300).Select(index => LmsId.Parse($"b-{index}"))];
        foreach (var id in ids)
        {
            await branches.PutAsync(id, "North", parentId: null, Precondition.None, By.Hand, CancellationToken.None);
        }

        var worker = world.StartWorker();
        var answer = await worker.PostAsync(code, $$"""{"branches":["{{string.Join("\",\"", ids.Select(id => id.Value))}}"]}""");

        Assert.Equal(202, answer.Status);
        Assert.InRange(worker.Storage.Calls.Count, 1, Most);
    }
}
