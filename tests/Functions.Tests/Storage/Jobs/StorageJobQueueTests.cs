using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing.Records;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Storage.Jobs;

public sealed class StorageJobQueueTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Limits.TasksOfSmallJob, StorageNames.Queues.SmallJobRuns)]
    [InlineData(Limits.TasksOfSmallJob + 1, StorageNames.Queues.JobRuns)]
    public async Task The_runs_of_a_small_job_wait_behind_none_of_a_large_one(int tasks, string queue)
    {
        await using var world = await World.CreateAsync();
        var sender = world.StartWorker().Get<IJobQueue>();
        var job = TestJob.Queued() with { Total = tasks, Runs = 2 };

        await sender.SendRunsAsync(job, [0, 1], Cancellation);

        var (ofSmall, ofLarge) = (await sender.PeekWaitingRunsAsync(ofSmallJobs: true, Cancellation), await sender.PeekWaitingRunsAsync(ofSmallJobs: false, Cancellation));
        Assert.Equal(job.IsSmall, ofSmall.Jobs.Contains(job.Id));
        Assert.Equal(!job.IsSmall, ofLarge.Jobs.Contains(job.Id));
        Assert.All(await world.Queues.TakeAsync(), message => Assert.Equal(queue, message.Queue));
    }
}
