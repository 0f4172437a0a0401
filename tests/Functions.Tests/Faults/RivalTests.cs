using CertFunctions.Functions.Storage;
using CertFunctions.Testing.Faults;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class RivalTests
{
    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(4, false)]
    [InlineData(4, true)]
    public async Task Of_two_workers_on_one_run_the_slower_writes_nothing_twice(int transaction, bool sent)
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        await scene.World.Queues.DeliverAsync(scene.World.StartWorker(), Assert.Single(await scene.World.Queues.TakeAsync()));
        var run = Assert.Single(await scene.World.Queues.TakeAsync());
        var gate = new Gate();
        var slow = scene.World.StartWorker();
        slow.Storage.OnCall = HoldAt(transaction, () => sent ? Fault.HoldAfter(gate) : Fault.HoldBefore(gate));

        var slower = slow.HandleAsync(run);
        await gate.Reached;
        await scene.World.Queues.DeliverAsync(scene.World.StartWorker(), run);
        Assert.Empty(await scene.FindDifferencesAsync());
        gate.Open();
        await slower;

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task Two_workers_that_overtake_each_other_write_nothing_twice()
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        await scene.World.Queues.DeliverAsync(scene.World.StartWorker(), Assert.Single(await scene.World.Queues.TakeAsync()));
        var run = Assert.Single(await scene.World.Queues.TakeAsync());

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.World.Queues.DeliverAsync(scene.World.StartWorker(), run)));

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    private static Func<StorageCall, Task<Fault?>> HoldAt(int transaction, Func<Fault> hold)
    {
        var count = 0;
        return async call => await call.IsTransactionOfAsync(StorageNames.Tables.Awards) && ++count == transaction ? hold() : null;
    }
}
