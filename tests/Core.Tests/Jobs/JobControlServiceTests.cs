using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class JobControlServiceTests
{
    private readonly JobWorld world = new();

    [Fact]
    public async Task A_cancelled_job_begins_no_more_runs_and_says_what_it_has_done()
    {
        var id = await world.StartRunsAsync(40);
        await world.DeliverRunsAsync(10);

        var asked = await CancelAsync(id);
        await world.DeliverAllAsync();

        var job = await world.JobAsync(id);
        Assert.True(asked.IsStopping);
        Assert.Equal((JobStatus.Cancelled, 10, 10, 40), (job.Status, job.Counts.Awarded, job.Counts.Processed, job.Total));
        Assert.NotNull(job.FinishedAt);
        Assert.Equal(10, await world.HoldersAsync());
    }

    [Fact]
    public async Task A_resumed_job_goes_on_where_it_was_stopped()
    {
        var id = await world.StartRunsAsync(40);
        await world.DeliverRunsAsync(10);
        await CancelAsync(id);
        await world.DeliverAllAsync();

        var resumed = await ResumeAsync(id);
        await world.DeliverAllAsync();

        var job = await world.JobAsync(id);
        Assert.Equal((JobStatus.Running, null), (resumed.Status, resumed.FinishedAt));
        Assert.Equal((JobStatus.Completed, new JobCounts(Awarded: 40)), (job.Status, job.Counts));
        Assert.Equal(40, await world.HoldersAsync());
    }

    [Fact]
    public async Task A_job_whose_selection_was_not_resolved_can_be_cancelled_and_resumed()
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(150)));
        await CancelAsync(done.Job.Id);
        await world.DeliverAllAsync();
        var cancelled = await world.JobAsync(done.Job.Id);

        await ResumeAsync(done.Job.Id);
        await world.DeliverAllAsync();

        Assert.Equal((JobStatus.Cancelled, (int?)null), (cancelled.Status, cancelled.Total));
        Assert.Equal((JobStatus.Completed, 150), await StatusAsync(done.Job.Id));
    }

    [Fact]
    public async Task Whoever_still_writes_when_a_job_is_cancelled_is_refused()
    {
        var id = await world.StartRunsAsync(40);
        var (_, run) = world.Queue.Runs.First();
        var tasks = (await world.Manifests.FindRunAsync(id, (await world.JobAsync(id)).Manifest!, run, Cancellation))!;
        var writer = await world.Awards.OpenAsync(new RunKey(id, run, tasks.Shard), JobTurn.First, isNew: true, Cancellation);
        await CancelAsync(id);
        await world.DeliverAllAsync();

        var refused = await writer.CommitAsync([AwardTask(tasks)], Cancellation);

        Assert.Equal(new CommitOutcome.ReceiptMoved(), refused);
        Assert.Equal(RunReceipt.Cancelled, writer.Receipt.Stopped);
        Assert.Equal(0, await world.HoldersAsync());
    }

    [Fact]
    public async Task A_job_of_which_nothing_is_left_to_stop_ends_as_it_would_have()
    {
        var id = await world.StartRunsAsync(20);
        var marked = 0;
        world.Jobs.BeforeMarking = async _ =>
        {
            if (++marked == 20)
            {
                await CancelAsync(id);
            }
        };

        await world.DeliverAllAsync();

        Assert.Equal((JobStatus.Completed, 20), await StatusAsync(id));
    }

    [Fact]
    public async Task A_job_that_was_cancelled_and_forgotten_by_the_queue_is_stopped_by_the_sweeper()
    {
        var id = await world.StartRunsAsync(40);
        world.Queue.BeforeSending = _ => throw new IOException("The queue does not answer.");
        await CancelAsync(id);
        world.Queue.BeforeSending = _ => Task.CompletedTask;
        world.Queue.Runs.Clear();

        world.Time.Advance(SweepSettings.Default.StalledAfter);
        await world.Sweeper.SweepAsync(Cancellation);
        await world.DeliverAllAsync();

        Assert.Equal((JobStatus.Cancelled, 0), await StatusAsync(id));
    }

    [Fact]
    public async Task A_retry_does_what_failed_and_nothing_else()
    {
        var (id, ids) = await CompletedWithErrorsAsync();
        var before = await ResultsAsync(id);
        Activate(ids.Take(10));

        var retried = await RetryAsync(id);
        await world.DeliverAllAsync();

        var after = await ResultsAsync(id);
        var job = await world.JobAsync(id);
        Assert.Equal((JobStatus.Running, 20), (retried.Status, retried.Counts.Failed));
        Assert.Equal((JobStatus.CompletedWithErrors, new JobCounts(Awarded: 290, Failed: 10)), (job.Status, job.Counts));
        Assert.Equal(before.Select(result => result.UserId), after.Select(result => result.UserId));
        Assert.Equal(
            before.Where(result => !ids.Take(10).Contains(result.UserId!)), after.Where(result => !ids.Take(10).Contains(result.UserId!)));
        Assert.Equal(290, await world.HoldersAsync());
    }

    [Fact]
    public async Task A_job_can_be_retried_until_nothing_fails()
    {
        var (id, ids) = await CompletedWithErrorsAsync();
        foreach (var some in ids.Take(20).Chunk(5))
        {
            Activate(some);
            await RetryAsync(id);
            await world.DeliverAllAsync();
        }

        var job = await world.JobAsync(id);
        Assert.Equal((JobStatus.Completed, new JobCounts(Awarded: 300)), (job.Status, job.Counts));
        Assert.Equal("job_state_conflict", (await world.Control.RetryAsync(id, "ada", Cancellation)).IsDone(out _, out var why) ? null : why!.Code);
    }

    [Fact]
    public async Task A_run_that_was_given_up_is_retried()
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(300)));
        await world.DeliverStepAsync();
        await world.Runs.GiveUpAsync(done.Job.Id, world.Queue.Runs.First().Run, "storage is broken", Cancellation);
        await world.DeliverAllAsync();

        await RetryAsync(done.Job.Id);
        await world.DeliverAllAsync();

        Assert.Equal((JobStatus.Completed, 300), await StatusAsync(done.Job.Id));
        Assert.Equal(300, await world.HoldersAsync());
    }

    [Fact]
    public async Task A_retry_can_be_cancelled_and_resumed()
    {
        var (id, ids) = await CompletedWithErrorsAsync();
        Activate(ids);
        await RetryAsync(id);
        await world.DeliverStepAsync();
        await world.DeliverRunsAsync(3);
        await CancelAsync(id);
        await world.DeliverAllAsync();
        var cancelled = await world.JobAsync(id);

        await ResumeAsync(id);
        await world.DeliverAllAsync();

        Assert.Equal((JobStatus.Cancelled, 300), (cancelled.Status, cancelled.Counts.Processed));
        Assert.Equal((JobStatus.Completed, 300), await StatusAsync(id));
    }

    [Fact]
    public async Task Messages_of_former_turns_change_nothing()
    {
        var (id, ids) = await CompletedWithErrorsAsync();
        Activate(ids);
        await RetryAsync(id);
        await world.DeliverStepAsync();
        var messages = world.Queue.Runs.ToList();
        await world.DeliverAllAsync();

        foreach (var (_, run) in messages.Concat(messages).Reverse())
        {
            await world.Runs.ProcessAsync(id, run, Cancellation);
        }

        Assert.Equal((JobStatus.Completed, 300), await StatusAsync(id));
        Assert.Equal(new JobCounts(Awarded: 300), (await world.JobAsync(id)).Counts);
    }

    [Theory]
    [InlineData(JobStatus.Completed, "conflict", "conflict", "conflict")]
    [InlineData(JobStatus.CompletedWithErrors, "conflict", "conflict", "running")]
    [InlineData(JobStatus.Cancelled, "conflict", "running", "conflict")]
    [InlineData(JobStatus.Failed, "conflict", "conflict", "conflict")]
    [InlineData(JobStatus.Running, "running", "conflict", "conflict")]
    public async Task Only_what_a_status_allows_is_done(JobStatus status, string cancelled, string resumed, string retried)
    {
        Assert.Equal(
            [cancelled, resumed, retried],
            [await TryAsync(world.Control.CancelAsync), await TryAsync(world.Control.ResumeAsync), await TryAsync(world.Control.RetryAsync)]);

        async Task<string> TryAsync(Func<JobId, string, CancellationToken, Task<Outcome<Job>>> control)
        {
            var id = await world.StartRunsAsync(1, $"{Guid.NewGuid():n}");
            var stored = (await world.Jobs.FindAsync(id, Cancellation))!;
            await world.Jobs.TryReplaceAsync(stored.Job with { Status = status }, stored, null, Cancellation);
            return (await control(id, "ada", Cancellation)).IsDone(out var job, out var why)
                ? job.Status.ToString().ToLowerInvariant()
                : why.Code == "job_state_conflict" ? "conflict" : why.Code;
        }
    }

    [Fact]
    public async Task The_audit_tells_who_stopped_a_job_and_who_went_on()
    {
        var id = await world.StartRunsAsync(40);
        await CancelAsync(id);
        await CancelAsync(id);
        await world.DeliverAllAsync();
        await ResumeAsync(id);

        var told = world.Jobs.Audit.Entries.Where(entry => entry.Subject == $"jobs/{id}").Select(entry => (entry.Action, entry.By.Name));
        Assert.Equal([("job.cancelled", "ada"), ("job.resumed", "ada")], told);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static TaskWrite AwardTask(RunTasks tasks) => new(JobResult.Of(tasks.Tasks[0], null, ChangeOutcome.Skipped, "already_held", null));

    /// <summary>A job of 300 users, u-0 to u-299, of whom the first 20 were deactivated.</summary>
    private async Task<(JobId Id, IReadOnlyList<LmsId> Users)> CompletedWithErrorsAsync()
    {
        var ids = world.AddUsers(300);
        foreach (var id in ids.Take(20))
        {
            world.Users.Add(JobWorld.UserOf(id) with { Active = false });
        }

        var done = await world.AwardAsync(JobWorld.Request(ids));
        await world.DeliverAllAsync();
        Assert.Equal(new JobCounts(Awarded: 280, Failed: 20), (await world.JobAsync(done.Job.Id)).Counts);
        return (done.Job.Id, ids);
    }

    private void Activate(IEnumerable<LmsId> ids)
    {
        foreach (var id in ids)
        {
            world.Users.Add(JobWorld.UserOf(id));
        }
    }

    private async Task<IReadOnlyList<JobResult>> ResultsAsync(JobId id)
    {
        var (found, page) = (new List<JobResult>(), (PageRequest?)new PageRequest(200, null));
        while (page is not null)
        {
            var read = await world.Results.ListAsync(id, null, page, Cancellation);
            found.AddRange(read.Items);
            page = read.Next is null ? null : page with { After = read.Next };
        }

        return found;
    }

    private async Task<(JobStatus Status, int Awarded)> StatusAsync(JobId id)
    {
        var job = await world.JobAsync(id);
        return (job.Status, job.Counts.Awarded);
    }

    private Task<Job> CancelAsync(JobId id) => DoneAsync(world.Control.CancelAsync(id, "ada", Cancellation));

    private Task<Job> ResumeAsync(JobId id) => DoneAsync(world.Control.ResumeAsync(id, "ada", Cancellation));

    private Task<Job> RetryAsync(JobId id) => DoneAsync(world.Control.RetryAsync(id, "ada", Cancellation));

    private static async Task<Job> DoneAsync(Task<Outcome<Job>> outcome) =>
        (await outcome).IsDone(out var job, out var why) ? job : throw new InvalidOperationException(why.Detail);
}
