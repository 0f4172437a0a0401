using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;

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

    [Fact]
    public async Task A_worker_that_hears_no_answer_asks_first_whether_a_rival_has_gone_on()
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        // Nobody is awarded anything any more: no award that has changed meanwhile keeps the worker from writing its results twice.
        var again = await scene.World.StartWorker().PostAsync(scene.Code, AwardRequests.Group(scene.Group, onExisting: "skip"));
        await scene.World.Queues.DeliverAsync(scene.World.StartWorker(), Assert.Single(await scene.World.Queues.TakeAsync()));
        var run = Assert.Single(await scene.World.Queues.TakeAsync());
        var gate = new Gate();
        var slow = scene.World.StartWorker();
        slow.Storage.OnCall = LoseFirst(gate);

        var slower = slow.HandleAsync(run);
        await gate.Reached;
        await scene.World.Queues.DeliverAsync(scene.World.StartWorker(), run);
        gate.Open();
        await slower;

        var job = (await scene.World.JobsAsync()).Single(job => job.Id.Value == again.Json.GetProperty("id").GetString());
        var receipts = await slow.Get<IRunStore>().ListReceiptsAsync(job.Id, CancellationToken.None);
        Assert.Equal(new JobCounts(Skipped: JobScene.Renewed + JobScene.Awarded, Failed: JobScene.Failed), Assert.Single(receipts).Counts);
        Assert.Equal(receipts[0].Counts, job.Counts);
        Assert.Empty(await scene.World.CheckAsync());
    }

    /// <summary>The first transaction waits at the gate, and then gets lost with all that the SDK does to send it again.</summary>
    private static Func<StorageCall, Task<Fault?>> LoseFirst(Gate gate)
    {
        string? lost = null;
        return async call =>
        {
            if (!await call.IsTransactionOfAsync(StorageNames.Tables.Awards))
            {
                return null;
            }

            lost ??= call.Request.ClientRequestId;
            return call.Request.ClientRequestId != lost ? null
                : new Fault { Before = async () => { await gate.PassAsync(); throw new IOException("Connection reset before it was sent."); } };
        };
    }

    private static Func<StorageCall, Task<Fault?>> HoldAt(int transaction, Func<Fault> hold)
    {
        var count = 0;
        return async call => await call.IsTransactionOfAsync(StorageNames.Tables.Awards) && ++count == transaction ? hold() : null;
    }
}
