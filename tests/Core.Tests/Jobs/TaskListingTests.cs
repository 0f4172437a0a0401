using CertFunctions.Core.Awarding;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Jobs;
using CertFunctions.Testing.Records;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Jobs;

/// <summary>A list of tasks that takes longer than a step is gone on with in the next.</summary>
public sealed class TaskListingTests
{
    private readonly JobWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Lists_the_same_in_one_step_and_in_many_wherever_they_end() =>
        await Gen.Select(Users, Gen.Int[1, 30]).SampleAsync(async (users, usersPerStep) =>
        {
            var (whole, _) = await ListAsync(users, usersPerStep: int.MaxValue);
            var (cut, steps) = await ListAsync(users, usersPerStep);
            return cut.SequenceEqual(whole)
                && whole.SequenceEqual(users.SelectMany(user => user.Tasks))
                && steps == Math.Max(1, (users.Count + usersPerStep - 1) / usersPerStep);
        }, iter: 100);

    /// <summary>To open thousands of sources may take longer than a step.</summary>
    [Fact]
    public async Task The_time_of_a_step_runs_from_the_first_user()
    {
        List<UserTasks> users = [.. world.AddUsers(20).Order(ShardOrder.Instance).Select(id => new UserTasks(id, [new OrderTask { UserId = id }]))];

        var (_, steps) = await ListAsync(users, usersPerStep: 10, beforeTheFirst: 2 * TaskListingSettings.Default.TimePerStep);

        Assert.Equal(2, steps);
    }

    [Fact]
    public async Task What_others_note_on_the_job_meanwhile_costs_nothing_that_was_read()
    {
        var id = await CutOnceAsync();
        world.Jobs.BeforeReplacing = () => NoteAsync(id, job => job with { Resends = 3 });

        await world.DeliverStepAsync();

        Assert.Equal((2, 0), (world.Selections.Reads, (await world.JobAsync(id)).Resends));
        Assert.True((await world.JobAsync(id)).HasRuns);
    }

    [Fact]
    public async Task A_job_that_ends_while_it_is_listed_stays_as_it_ended()
    {
        var id = await CutOnceAsync();
        world.Jobs.BeforeReplacing = () => NoteAsync(id, job => job.Failed("job_failed", "given up", world.Clock.Now));

        await world.DeliverAllAsync();

        Assert.Equal((JobStatus.Failed, false), ((await world.JobAsync(id)).Status, (await world.JobAsync(id)).HasRuns));
    }

    [Fact]
    public async Task A_job_that_is_listed_in_many_steps_awards_everybody_once()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(300)))).Job.Id;
        world.Time.AutoAdvanceAmount = TaskListingSettings.Default.TimePerStep / 100;

        await world.DeliverStepAsync();

        var listed = (await world.JobAsync(id)).Listed;
        Assert.Equal((1, false), (listed?.Parts.Count, (await world.JobAsync(id)).HasRuns));
        await world.DeliverAllAsync();
        var job = await world.JobAsync(id);
        Assert.Equal((JobStatus.Completed, 300, new JobCounts(Awarded: 300)), (job.Status, job.Total, job.Counts));
        Assert.Null(job.Listed);
        Assert.Equal(300, await world.HoldersAsync());
    }

    [Fact]
    public async Task Of_two_that_list_at_once_the_first_to_end_decides()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(300)))).Job.Id;
        world.Time.AutoAdvanceAmount = TaskListingSettings.Default.TimePerStep / 100;
        world.Jobs.BeforeReplacing = async () =>
        {
            world.Time.AutoAdvanceAmount = TimeSpan.Zero;
            await world.Steps.AdvanceAsync(id, Cancellation);
        };

        await world.DeliverAllAsync();

        var job = await world.JobAsync(id);
        Assert.Equal((JobStatus.Completed, 300, new JobCounts(Awarded: 300)), (job.Status, job.Total, job.Counts));
    }

    /// <summary>Else both would go on side by side, step for step.</summary>
    [Fact]
    public async Task Of_two_that_list_at_once_the_later_one_sends_no_step()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(300)))).Job.Id;
        world.Time.AutoAdvanceAmount = TaskListingSettings.Default.TimePerStep / 100;
        world.Jobs.BeforeReplacing = () => world.Steps.AdvanceAsync(id, Cancellation);

        await world.DeliverStepAsync();

        Assert.Single(world.Queue.Steps);
        Assert.Single((await world.JobAsync(id)).Listed!.Parts);
    }

    [Fact]
    public async Task A_list_that_is_given_up_half_way_fails_the_job_before_it_awards_anyone()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(300)))).Job.Id;
        world.Time.AutoAdvanceAmount = TaskListingSettings.Default.TimePerStep / 100;
        await world.DeliverStepAsync();

        await world.Steps.GiveUpAsync(id, Cancellation);
        await world.DeliverAllAsync();

        Assert.Equal(JobStatus.Failed, (await world.JobAsync(id)).Status);
        Assert.Equal(0, await world.HoldersAsync());
    }

    /// <summary>None to three tasks a user, in shard order.</summary>
    private static Gen<List<UserTasks>> Users => Gen.Select(Gen.Int[0, 999], Gen.Int[0, 3]).List[0, 60].Select(users => users
        .DistinctBy(user => user.Item1)
        .Select(user => (Id: LmsId.Parse($"u-{user.Item1}"), Tasks: user.Item2))
        .OrderBy(user => user.Id, ShardOrder.Instance)
        .Select(user => new UserTasks(user.Id, [.. Enumerable.Range(1, user.Tasks).Select(line => new OrderTask { UserId = user.Id, Line = line })]))
        .ToList());

    /// <returns>A job of which the first step listed a part.</returns>
    private async Task<JobId> CutOnceAsync()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(300)))).Job.Id;
        world.Time.AutoAdvanceAmount = TaskListingSettings.Default.TimePerStep / 100;
        await world.DeliverStepAsync();
        Assert.NotNull((await world.JobAsync(id)).Listed);
        world.Time.AutoAdvanceAmount = TimeSpan.Zero;
        return id;
    }

    private async Task NoteAsync(JobId id, Func<Job, Job> change)
    {
        var stored = await world.Jobs.GetAsync(id, Cancellation);
        Assert.NotNull(await world.Jobs.TryReplaceAsync(change(stored.Job), stored, null, Cancellation));
    }

    /// <summary>Lists in steps whose time is up after so many users.</summary>
    private static async Task<(IReadOnlyList<RunTask> Tasks, int Steps)> ListAsync(
        IReadOnlyList<UserTasks> all, int usersPerStep, TimeSpan beforeTheFirst = default)
    {
        var (time, jobs, manifests) = (new FakeTimeProvider(TestJob.At), new FakeJobStore(), new FakeManifestStore());
        var listing = new TaskListing(jobs, manifests, new OrganisationClock(time, TimeZoneInfo.Utc), TaskListingSettings.Default);
        var stored = (await jobs.TryAddAsync(TestJob.Queued(), null, CancellationToken.None))!;
        var steps = 0;
        for (; !stored.Job.HasRuns; steps++)
        {
            stored = (await listing.GoOnAsync(stored, Behind, job => job, CancellationToken.None))!;
        }

        var listed = new List<RunTask>();
        for (var run = 0; run < stored.Job.Runs; run++)
        {
            var found = (await manifests.FindRunAsync(stored.Job.Id, stored.Job.Manifest!, run, CancellationToken.None))!;
            Assert.Equal(run, found.Run);
            listed.AddRange(found.Tasks);
        }

        return (listed, steps);

        async IAsyncEnumerable<UserTasks> Behind(LmsId? after)
        {
            await Task.CompletedTask;
            time.Advance(beforeTheFirst);
            foreach (var (passed, user) in all.Where(user => after is null || ShardOrder.Instance.Compare(user.UserId, after) > 0).Index())
            {
                time.Advance(passed == usersPerStep ? TaskListingSettings.Default.TimePerStep : TimeSpan.Zero);
                yield return user;
            }
        }
    }
}
