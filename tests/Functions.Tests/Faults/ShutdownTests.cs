using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>The host is told to stop while runs are at work (R17).</summary>
public sealed class ShutdownTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_run_ends_the_transaction_in_hand_and_begins_no_other_and_the_next_instance_goes_on(int transaction)
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        var worker = scene.World.StartWorker();
        await scene.World.Queues.DeliverAsync(worker, Assert.Single(await scene.World.Queues.TakeAsync()));
        var run = Assert.Single(await scene.World.Queues.TakeAsync());
        using var stopping = new CancellationTokenSource();
        var begun = 0;
        worker.Storage.OnCall = async call =>
        {
            if (await call.IsTransactionOfAsync(StorageNames.Tables.Awards) && ++begun == transaction)
            {
                await stopping.CancelAsync();
            }

            return null;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker.HandleAsync(run, stopping.Token));

        Assert.Equal(transaction, begun);
        Assert.Equal(transaction, await TransactionsAsync(scene));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.Empty(await scene.FindDifferencesAsync());
    }

    /// <summary>How many transactions of the job are stored: each has left a row of results.</summary>
    private static async Task<int> TransactionsAsync(JobScene scene)
    {
        var run = new RunKey((await scene.JobAsync()).Id, 0, Shard.Numbered(3));
        var results = new RowRange(AwardKeys.Partition(run.Shard), AwardKeys.ResultsOf(run));
        return await results.ReadAsync(scene.World.Storage.Table(StorageNames.Tables.Awards), Limits.PageSize, TestContext.Current.CancellationToken).CountAsync();
    }
}
