using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class SweepServiceTests
{
    private readonly JobWorld world = new();

    [Fact]
    public async Task Sends_an_expansion_again_that_was_lost_with_a_crash()
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(101)));
        world.Queue.Expansions.Clear();

        Assert.Empty(await SweepAfterAsync(SweepSettings.Default.StalledAfter - TimeSpan.FromSeconds(1)));
        Assert.Equal([done.Job.Id], await SweepAfterAsync(TimeSpan.FromSeconds(1)));

        await world.DeliverAllAsync();
        Assert.Equal(JobStatus.Completed, (await world.JobAsync(done.Job.Id)).Status);
    }

    [Fact]
    public async Task Sends_only_the_runs_again_that_are_not_done()
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(300)));
        world.Queue.Expansions.Clear();
        await world.Expansions.ExpandAsync(done.Job.Id, TestContext.Current.CancellationToken);
        world.Queue.Runs.TryDequeue(out var first);
        await world.Runs.ProcessAsync(first.JobId, first.Run, TestContext.Current.CancellationToken);
        var lost = world.Queue.Runs.Select(run => run.Run).ToList();
        world.Queue.Runs.Clear();

        await SweepAfterAsync(TimeSpan.FromHours(1));

        Assert.Equal(lost, world.Queue.Runs.Select(run => run.Run).Order());
        await world.DeliverAllAsync();
        Assert.Equal(300, (await world.JobAsync(done.Job.Id)).Counts.Awarded);
    }

    [Fact]
    public async Task Goes_on_with_few_users_whose_request_crashed()
    {
        var users = world.AddUsers(3);
        var job = Testing.Records.TestJob.OfFew([.. users.Select(id => id.Value)]);
        await world.Jobs.TryAddAsync(job, TestContext.Current.CancellationToken);

        Assert.Equal([job.Id], await SweepAfterAsync(SweepSettings.Default.StalledAfter));

        await world.DeliverAllAsync();
        Assert.Equal((JobStatus.Completed, 3), ((await world.JobAsync(job.Id)).Status, (await world.JobAsync(job.Id)).Counts.Awarded));
    }

    [Fact]
    public async Task Ends_a_job_whose_last_run_crashed_before_it_could()
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(101)));
        world.Queue.Expansions.Clear();
        await world.Expansions.ExpandAsync(done.Job.Id, TestContext.Current.CancellationToken);
        foreach (var (jobId, run) in world.Queue.Runs)
        {
            await world.Jobs.MarkRunDoneAsync(jobId, run, TestContext.Current.CancellationToken);
        }

        Assert.Empty(await world.Sweeper.SweepAsync(TestContext.Current.CancellationToken));

        Assert.True((await world.JobAsync(done.Job.Id)).IsFinal);
    }

    [Fact]
    public async Task Leaves_a_job_alone_whose_messages_are_merely_waiting_but_not_for_ever()
    {
        var id = await ExpandedAsync();
        world.Queue.Waiting = new WaitingRuns(new HashSet<JobId> { id }, IsAll: true);

        Assert.Empty(await SweepAfterAsync(SweepSettings.Default.TurnComesWithin - TimeSpan.FromSeconds(1)));
        Assert.Equal([id], await SweepAfterAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Leaves_a_job_alone_whose_messages_may_lie_behind_those_that_can_be_seen()
    {
        var id = await ExpandedAsync();
        world.Queue.Waiting = new WaitingRuns(new HashSet<JobId> { JobId.New(world.Clock.Now) }, IsAll: false);

        Assert.Empty(await SweepAfterAsync(SweepSettings.Default.TurnComesWithin - TimeSpan.FromSeconds(1)));
        Assert.Equal([id], await SweepAfterAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task A_message_of_another_job_that_nobody_can_process_keeps_no_job_waiting()
    {
        var id = await ExpandedAsync();
        world.Queue.Waiting = new WaitingRuns(new HashSet<JobId> { JobId.New(world.Clock.Now) }, IsAll: true);

        Assert.Equal([id], await SweepAfterAsync(SweepSettings.Default.StalledAfter));
    }

    [Fact]
    public async Task Waits_twice_as_long_each_time()
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(101)));
        var patience = SweepSettings.Default.StalledAfter;

        Assert.Equal([done.Job.Id], await SweepAfterAsync(patience));
        Assert.Empty(await SweepAfterAsync(patience));
        Assert.Equal([done.Job.Id], await SweepAfterAsync(patience));
    }

    /// <summary>A job whose runs were lost on their way.</summary>
    private async Task<JobId> ExpandedAsync()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(101)))).Job.Id;
        world.Queue.Expansions.Clear();
        await world.Expansions.ExpandAsync(id, TestContext.Current.CancellationToken);
        world.Queue.Runs.Clear();
        return id;
    }

    private Task<IReadOnlyList<JobId>> SweepAfterAsync(TimeSpan pause)
    {
        world.Time.Advance(pause);
        return world.Sweeper.SweepAsync(TestContext.Current.CancellationToken);
    }
}
