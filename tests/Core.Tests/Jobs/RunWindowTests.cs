using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Jobs;

/// <summary>Of a job only so many runs are in the queue or at work; whoever finishes one sends the next.</summary>
public sealed class RunWindowTests
{
    private const int Runs = 100;

    private readonly JobWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_second_large_job_does_not_wait_for_the_end_of_the_first()
    {
        var first = await world.StartRunsAsync(Runs, "a-");
        var second = await world.StartRunsAsync(Runs, "b-");

        while (!(await world.JobAsync(first)).IsFinal)
        {
            Assert.True(await world.DeliverRunAsync());
        }

        Assert.InRange((await world.JobAsync(second)).Counts.Awarded, Runs / 3, Runs);
        await world.DeliverAllAsync();
        await AssertAllAwardedAsync(second);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(RunOrder.RunsAtOnce)]
    [InlineData(RunOrder.RunsAtOnce + 1)]
    [InlineData(Runs)]
    public async Task Each_run_is_sent_once_and_no_more_of_them_wait_than_may_be_at_work(int runs)
    {
        var id = await world.StartRunsAsync(runs);
        Assert.Equal(Math.Min(runs, RunOrder.RunsAtOnce), world.Queue.Runs.Count);

        while (await world.DeliverRunAsync())
        {
            Assert.InRange(world.Queue.Runs.Count, 0, RunOrder.RunsAtOnce);
        }

        await AssertAllAwardedAsync(id, runs);
        Assert.Equal(runs, world.Queue.RunsSent);
    }

    [Fact]
    public async Task A_run_that_crashed_before_it_sent_the_next_sends_it_when_it_comes_again()
    {
        var id = await world.StartRunsAsync(Runs);
        var sendings = 0;
        world.Queue.BeforeSending = _ => sendings++ % 2 == 0 ? throw new IOException("crash") : Task.CompletedTask;

        await DeliverUntilDoneAsync();

        await AssertAllAwardedAsync(id);
        Assert.Equal(Runs, world.Queue.RunsSent);
    }

    [Fact]
    public async Task Where_every_run_crashes_before_it_is_noted_each_is_sent_twice_and_not_more()
    {
        var id = await world.StartRunsAsync(Runs);
        var crashed = new HashSet<int>();
        world.Jobs.BeforeMarking = run => crashed.Add(run) ? throw new IOException("crash") : Task.CompletedTask;

        await DeliverUntilDoneAsync();

        await AssertAllAwardedAsync(id);
        Assert.Equal(RunOrder.RunsAtOnce + (2 * (Runs - RunOrder.RunsAtOnce)), world.Queue.RunsSent);
    }

    [Fact]
    public async Task A_message_of_a_run_that_was_done_long_ago_sends_nothing()
    {
        await world.StartRunsAsync(Runs);
        var early = world.Queue.Runs.First();
        await world.DeliverRunsAsync(atMost: 42);
        world.Queue.Runs.Clear();

        await world.Runs.ProcessAsync(early.JobId, early.Run, Cancellation);
        await world.Runs.GiveUpAsync(early.JobId, early.Run, "again and again", Cancellation);

        Assert.Empty(world.Queue.Runs);
        Assert.Equal(42, (await world.JobAsync(early.JobId)).Counts.Awarded);
    }

    [Fact]
    public async Task A_run_that_is_given_up_does_not_keep_those_behind_it()
    {
        var id = await world.StartRunsAsync(Runs);

        while (world.Queue.Runs.TryDequeue(out var run))
        {
            await world.Runs.GiveUpAsync(run.JobId, run.Run, "storage is broken", Cancellation);
        }

        var job = await world.JobAsync(id);
        Assert.Equal((JobStatus.CompletedWithErrors, new JobCounts(Failed: Runs)), (job.Status, job.Counts));
        Assert.Equal(Runs, world.Queue.RunsSent);
    }

    [Fact]
    public async Task What_was_lost_is_sent_again_from_the_first_that_is_missing()
    {
        var id = await world.StartRunsAsync(Runs);
        await world.DeliverRunsAsync(atMost: 10);
        world.Queue.Runs.Clear();
        world.Time.Advance(SweepSettings.Default.StalledAfter);

        Assert.Single(await world.Sweeper.SweepAsync(Cancellation));

        Assert.Equal(RunOrder.Spread(Runs).Skip(10).Take(RunOrder.RunsAtOnce), world.Queue.Runs.Select(run => run.Run));
        await world.DeliverAllAsync();
        await AssertAllAwardedAsync(id);
    }

    [Fact]
    public async Task Where_those_that_come_next_were_done_before_the_rest_is_sent_when_the_job_stands_still()
    {
        var id = await world.StartRunsAsync(Runs);
        world.Queue.Runs.Clear();
        foreach (var run in RunOrder.Spread(Runs).Skip(RunOrder.RunsAtOnce).Take(RunOrder.RunsAtOnce))
        {
            await world.Runs.ProcessAsync(id, run, Cancellation);
        }

        world.Queue.Runs.Clear();
        var resends = 0;
        while (!(await world.JobAsync(id)).IsFinal)
        {
            world.Time.Advance(SweepSettings.Default.StalledAfter);
            resends += (await world.Sweeper.SweepAsync(Cancellation)).Count(swept => !swept.Resumed);
            await world.DeliverAllAsync();
        }

        await AssertAllAwardedAsync(id);
        Assert.Equal(2, resends);
    }

    /// <summary>Whatever crashes comes again, behind the others.</summary>
    private async Task DeliverUntilDoneAsync()
    {
        while (world.Queue.Runs.TryDequeue(out var run))
        {
            try
            {
                await world.Runs.ProcessAsync(run.JobId, run.Run, Cancellation);
            }
            catch (IOException)
            {
                world.Queue.Runs.Enqueue(run);
            }
        }
    }

    private async Task AssertAllAwardedAsync(JobId id, int runs = Runs)
    {
        var job = await world.JobAsync(id);
        Assert.Equal((JobStatus.Completed, new JobCounts(Awarded: runs)), (job.Status, job.Counts));
    }
}
