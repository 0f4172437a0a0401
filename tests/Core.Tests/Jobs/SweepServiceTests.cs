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
        world.Queue.Steps.Clear();

        Assert.Empty(await SweepAfterAsync(SweepSettings.Default.StalledAfter - TimeSpan.FromSeconds(1)));
        Assert.Equal([done.Job.Id], await SweepAfterAsync(TimeSpan.FromSeconds(1)));

        await world.DeliverAllAsync();
        Assert.Equal(JobStatus.Completed, (await world.JobAsync(done.Job.Id)).Status);
    }

    [Fact]
    public async Task Sends_only_the_runs_again_that_are_not_done()
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(300)));
        world.Queue.Steps.Clear();
        await world.Steps.AdvanceAsync(done.Job.Id, TestContext.Current.CancellationToken);
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
        await world.Jobs.TryAddAsync(job, null, TestContext.Current.CancellationToken);

        Assert.Equal([job.Id], await SweepAfterAsync(SweepSettings.Default.StalledAfter));

        await world.DeliverAllAsync();
        Assert.Equal((JobStatus.Completed, 3), ((await world.JobAsync(job.Id)).Status, (await world.JobAsync(job.Id)).Counts.Awarded));
    }

    [Fact]
    public async Task Ends_a_job_whose_last_run_crashed_before_it_could()
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(101)));
        world.Queue.Steps.Clear();
        await world.Steps.AdvanceAsync(done.Job.Id, TestContext.Current.CancellationToken);
        foreach (var (jobId, run) in world.Queue.Runs)
        {
            await world.Jobs.MarkRunDoneAsync(await world.JobAsync(jobId), run, TestContext.Current.CancellationToken);
        }

        Assert.Empty(await world.Sweeper.SweepAsync(TestContext.Current.CancellationToken));

        Assert.True((await world.JobAsync(done.Job.Id)).IsFinal);
    }

    [Fact]
    public async Task Leaves_a_job_alone_whose_messages_are_merely_waiting_but_not_for_ever()
    {
        var id = await ExpandedAsync();
        world.Queue.WaitingOfSmall = new WaitingRuns(new HashSet<JobId> { id }, IsAll: true);

        Assert.Empty(await SweepAfterAsync(SweepSettings.Default.TurnComesWithin - TimeSpan.FromSeconds(1)));
        Assert.Equal([id], await SweepAfterAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Leaves_a_job_alone_whose_messages_may_lie_behind_those_that_can_be_seen()
    {
        var id = await ExpandedAsync();
        world.Queue.WaitingOfSmall = new WaitingRuns(new HashSet<JobId> { JobId.New(world.Clock.Now) }, IsAll: false);

        Assert.Empty(await SweepAfterAsync(SweepSettings.Default.TurnComesWithin - TimeSpan.FromSeconds(1)));
        Assert.Equal([id], await SweepAfterAsync(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task What_waits_of_large_jobs_keeps_no_small_one_waiting()
    {
        var id = await ExpandedAsync();
        world.Queue.Waiting = new WaitingRuns(new HashSet<JobId> { JobId.New(world.Clock.Now) }, IsAll: false);

        Assert.Equal([id], await SweepAfterAsync(SweepSettings.Default.StalledAfter));
    }

    [Fact]
    public async Task A_message_of_another_job_that_nobody_can_process_keeps_no_job_waiting()
    {
        var id = await ExpandedAsync();
        world.Queue.WaitingOfSmall = new WaitingRuns(new HashSet<JobId> { JobId.New(world.Clock.Now) }, IsAll: true);

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

    [Fact]
    public async Task A_job_remembers_since_when_it_has_stalled_until_it_moves_on()
    {
        var id = await ExpandedAsync();
        var patience = SweepSettings.Default.StalledAfter;
        var since = (await world.JobAsync(id)).SentAt;
        await SweepAfterAsync(patience);
        await SweepAfterAsync(2 * patience);
        Assert.Equal((since, 2), ((await world.JobAsync(id)).StalledSince, (await world.JobAsync(id)).Resends));

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.Runs.ProcessAsync(id, 0, TestContext.Current.CancellationToken);
        await world.Sweeper.SweepAsync(TestContext.Current.CancellationToken);

        Assert.Null((await world.JobAsync(id)).StalledSince);
    }

    [Fact]
    public async Task A_job_that_stalled_and_takes_its_next_step_has_not_stalled_any_more()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(101)))).Job.Id;
        await SweepAfterAsync(SweepSettings.Default.StalledAfter);
        Assert.NotNull((await world.JobAsync(id)).StalledSince);

        await world.Steps.AdvanceAsync(id, TestContext.Current.CancellationToken);

        Assert.Null((await world.JobAsync(id)).StalledSince);
    }

    [Fact]
    public async Task A_job_that_moves_on_says_so_once_and_has_all_its_patience_again()
    {
        var id = await ExpandedAsync();
        var patience = SweepSettings.Default.StalledAfter;
        await SweepAfterAsync(patience);
        Assert.Equal("stalled", (await world.JobAsync(id)).Trouble?.Code);
        world.Time.Advance(TimeSpan.FromSeconds(1));
        world.Queue.Runs.TryDequeue(out var first);
        world.Queue.Runs.Clear();
        await world.Runs.ProcessAsync(first.JobId, first.Run, TestContext.Current.CancellationToken);
        Assert.Null((await world.JobAsync(id)).Trouble);

        var swept = Assert.Single(await world.Sweeper.SweepAsync(TestContext.Current.CancellationToken));

        Assert.Equal((id, true), (swept.Job.Id, swept.Resumed));
        Assert.Empty(await world.Sweeper.SweepAsync(TestContext.Current.CancellationToken));
        Assert.Equal([id], await SweepAfterAsync(patience));
        await world.DeliverAllAsync();
        Assert.Equal((JobStatus.Completed, null), ((await world.JobAsync(id)).Status, (await world.JobAsync(id)).Trouble));
    }

    [Fact]
    public async Task Of_runs_that_stand_still_and_runs_that_move_the_moving_ones_keep_the_job_from_being_sent_again()
    {
        var id = await ExpandedAsync();
        world.Time.Advance(SweepSettings.Default.StalledAfter - TimeSpan.FromSeconds(1));
        await world.Runs.ProcessAsync(id, 0, TestContext.Current.CancellationToken);

        Assert.Empty(await SweepAfterAsync(TimeSpan.FromSeconds(1)));
        Assert.Equal([id], await SweepAfterAsync(SweepSettings.Default.StalledAfter));
    }

    [Fact]
    public async Task A_job_that_moves_on_waits_its_turn_anew_however_long_ago_its_first_messages_were_sent()
    {
        var id = await ExpandedAsync();
        world.Queue.WaitingOfSmall = new WaitingRuns(new HashSet<JobId> { id }, IsAll: true);
        world.Time.Advance(SweepSettings.Default.TurnComesWithin);
        await world.Runs.ProcessAsync(id, 0, TestContext.Current.CancellationToken);

        Assert.Empty(await SweepAfterAsync(SweepSettings.Default.TurnComesWithin - TimeSpan.FromSeconds(1)));
        Assert.Equal([id], await SweepAfterAsync(TimeSpan.FromSeconds(1)));
    }

    /// <summary>A job whose runs were lost on their way.</summary>
    private async Task<JobId> ExpandedAsync()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(101)))).Job.Id;
        world.Queue.Steps.Clear();
        await world.Steps.AdvanceAsync(id, TestContext.Current.CancellationToken);
        world.Queue.Runs.Clear();
        return id;
    }

    /// <returns>The jobs whose messages were sent again.</returns>
    private async Task<IReadOnlyList<JobId>> SweepAfterAsync(TimeSpan pause)
    {
        world.Time.Advance(pause);
        var swept = await world.Sweeper.SweepAsync(TestContext.Current.CancellationToken);
        return [.. swept.Where(job => !job.Resumed).Select(job => job.Job.Id)];
    }
}
