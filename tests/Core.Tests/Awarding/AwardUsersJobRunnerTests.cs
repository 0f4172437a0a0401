using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Awarding;

public sealed class AwardUsersJobRunnerTests
{
    private readonly JobWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_selection_that_is_given_up_fails_the_job_before_it_awards_anyone()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(101)))).Job.Id;

        await world.Steps.GiveUpAsync(id, Cancellation);
        await world.DeliverAllAsync();

        var job = await world.JobAsync(id);
        Assert.Equal((JobStatus.Failed, "expansion_failed"), (job.Status, job.Error?.Code));
        Assert.Equal(0, await world.HoldersAsync());
    }

    [Fact]
    public async Task An_expansion_that_is_given_up_behind_its_manifest_leaves_the_end_to_its_runs()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(300)))).Job.Id;
        world.Queue.Steps.Clear();
        await world.Steps.AdvanceAsync(id, Cancellation);
        world.Queue.Runs.TryDequeue(out var sent);
        world.Queue.Runs.Clear();
        await world.Runs.ProcessAsync(id, sent.Run, Cancellation);

        await world.Steps.GiveUpAsync(id, Cancellation);

        Assert.Equal(JobStatus.Running, (await world.JobAsync(id)).Status);
        world.Time.Advance(SweepSettings.Default.StalledAfter);
        await world.Sweeper.SweepAsync(Cancellation);
        await world.DeliverAllAsync();
        var job = await world.JobAsync(id);
        Assert.Equal((JobStatus.Completed, new JobCounts(Awarded: 300)), (job.Status, job.Counts));
        Assert.Equal(300, await world.HoldersAsync());
    }
}
