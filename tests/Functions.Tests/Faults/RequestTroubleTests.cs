using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>The storage gets into trouble behind the row of a job: the job is there, and its caller is told so (202).</summary>
public sealed class RequestTroubleTests
{
    [Theory]
    [InlineData(3, StorageNames.Tables.Users)]
    [InlineData(3, StorageNames.Tables.Awards)]
    [InlineData(101, StorageNames.Queues.JobSteps)]
    public async Task The_caller_gets_the_job_and_the_sweeper_goes_on_with_it(int users, string broken)
    {
        await using var scene = await RequestScene.SetAsync(users);
        var troubled = scene.World.StartWorker();
        var isMade = false;
        troubled.Storage.OnCall = async call =>
        {
            isMade |= await call.IsTransactionOfAsync(StorageNames.Tables.Jobs);
            return isMade && (call.IsOn(broken) || await call.IsTransactionOfAsync(broken)) ? Fault.Answers(503) : null;
        };

        var answer = await scene.PostAsync(troubled);

        var job = Assert.Single(await scene.World.JobsAsync());
        Assert.Equal((202, $"/api/jobs/{job.Id}"), (answer.Status, answer.Headers.Location.ToString()));
        scene.World.Time.Advance(SweepSettings.Default.StalledAfter);
        await scene.World.StartWorker().Get<SweepJobs>().Run(new TimerInfo(), CancellationToken.None);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task A_job_whose_row_was_written_unheard_is_made_once()
    {
        await using var scene = await RequestScene.SetAsync(101);
        var worker = scene.World.StartWorker();
        var left = 1;
        worker.Storage.OnCall = async call =>
            await call.IsTransactionOfAsync(StorageNames.Tables.Jobs) && Interlocked.Decrement(ref left) == 0 ? Fault.AnswerLost() : null;

        Assert.Equal(202, (await scene.PostAsync(worker)).Status);

        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.Single(await scene.World.JobsAsync());
        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task A_resending_whose_row_was_written_unheard_is_sent()
    {
        await using var scene = await RequestScene.SetAsync(101);
        await scene.PostAsync(scene.World.StartWorker());
        await scene.World.Queues.TakeAsync();
        scene.World.Queues.Hide();
        scene.World.Time.Advance(SweepSettings.Default.StalledAfter);
        var worker = scene.World.StartWorker();
        var left = 1;
        worker.Storage.OnCall = async call =>
            await call.IsTransactionOfAsync(StorageNames.Tables.Jobs) && Interlocked.Decrement(ref left) == 0 ? Fault.AnswerLost() : null;

        await worker.Get<SweepJobs>().Run(new TimerInfo(), CancellationToken.None);

        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.True(left <= 0);
        Assert.Empty(await scene.FindDifferencesAsync());
    }
}
