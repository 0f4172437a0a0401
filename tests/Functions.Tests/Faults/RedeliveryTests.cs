using CertFunctions.Core;
using CertFunctions.Functions.Storage;
using CertFunctions.Operations.Checking;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class RedeliveryTests
{
    [Fact]
    public async Task Messages_delivered_three_times_in_reverse_order_count_once() =>
        await PlayAsync(messages => [.. messages.Concat(messages).Concat(messages).Reverse()]);

    [Fact]
    public async Task A_message_delivered_a_hundred_times_counts_once() =>
        await PlayAsync(messages => [.. Enumerable.Repeat(messages[0], 100), .. messages]);

    [Fact]
    public async Task Messages_delivered_three_times_in_any_order_count_once()
    {
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"Seed {seed}");
        await PlayAsync(messages =>
        {
            QueuedMessage[] all = [.. messages, .. messages, .. messages];
#pragma warning disable CA5394 // A test has no secrets.
            new Random(seed).Shuffle(all);
#pragma warning restore CA5394
            return all;
        });
    }

    [Fact]
    public async Task An_expansion_delivered_again_after_the_runs_changes_nothing()
    {
        await using var scene = await SetAsync();
        var expansion = Assert.Single(await scene.World.Queues.TakeAsync());
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var worker = scene.World.StartWorker();
        await worker.HandleAsync(expansion);
        await scene.World.Queues.RunToEndAsync(worker);

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task An_expansion_delivered_again_among_the_runs_moves_none_of_their_borders()
    {
        await using var scene = await SetAsync();
        var expansion = Assert.Single(await scene.World.Queues.TakeAsync());
        var worker = scene.World.StartWorker();
        await scene.World.Queues.DeliverAsync(worker, expansion);
        var runs = await scene.World.Queues.TakeAsync();
        await scene.World.Queues.DeliverAsync(worker, runs[0]);
        await scene.World.Seed.AddMemberAsync(scene.Group, LmsId.Parse("newcomer"));

        await worker.HandleAsync(expansion);
        await scene.World.Queues.RunToEndAsync(worker);

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    private static async Task PlayAsync(Func<IReadOnlyList<QueuedMessage>, IReadOnlyList<QueuedMessage>> order)
    {
        await using var scene = await SetAsync();
        var worker = scene.World.StartWorker();
        await scene.World.Queues.DeliverAsync(worker, Assert.Single(await scene.World.Queues.TakeAsync()));
        var runs = await scene.World.Queues.TakeAsync();
        Assert.All(runs, run => Assert.Equal(StorageNames.Queues.SmallJobRuns, run.Queue));
        foreach (var run in order(runs))
        {
            await scene.World.Queues.DeliverAsync(worker, run);
        }

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    private static async Task<RequestScene> SetAsync()
    {
        var scene = await RequestScene.SetAsync(110);
        Assert.Equal(202, (await scene.PostAsync(scene.World.StartWorker())).Status);
        return scene;
    }
}
