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
        await Gen.Select(Tasks, Gen.Int[1, 30]).SampleAsync(async (tasks, usersPerStep) =>
        {
            var (whole, _) = await ListAsync(tasks, usersPerStep: int.MaxValue);
            var (cut, steps) = await ListAsync(tasks, usersPerStep);
            var users = tasks.Select(task => task.UserId).Distinct().Count();
            return cut.SequenceEqual(whole) && whole.SequenceEqual(tasks) && steps == Math.Max(1, (users + usersPerStep - 1) / usersPerStep);
        }, iter: 100);

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

    /// <summary>One to three tasks a user, in shard order.</summary>
    private static Gen<List<RunTask>> Tasks => Gen.Select(Gen.Int[0, 999], Gen.Int[1, 3]).List[0, 60].Select(users => users
        .DistinctBy(user => user.Item1)
        .Select(user => (Id: LmsId.Parse($"u-{user.Item1}"), Tasks: user.Item2))
        .OrderBy(user => user.Id, ShardOrder.Instance)
        .SelectMany(user => Enumerable.Range(1, user.Tasks).Select(line => (RunTask)new OrderTask { UserId = user.Id, Line = line }))
        .ToList());

    /// <summary>Lists in steps whose time is up after so many users.</summary>
    private static async Task<(IReadOnlyList<RunTask> Tasks, int Steps)> ListAsync(IReadOnlyList<RunTask> tasks, int usersPerStep)
    {
        var (time, jobs, manifests) = (new FakeTimeProvider(TestJob.At), new FakeJobStore(), new FakeManifestStore());
        var listing = new TaskListing(jobs, manifests, new OrganisationClock(time, TimeZoneInfo.Utc), TaskListingSettings.Default);
        var stored = (await jobs.TryAddAsync(TestJob.Queued(), CancellationToken.None))!;
        var steps = 0;
        for (; !stored.Job.HasRuns; steps++)
        {
            stored = await listing.GoOnAsync(stored, Behind, job => job, CancellationToken.None);
        }

        var listed = new List<RunTask>();
        for (var run = 0; run < stored.Job.Runs; run++)
        {
            var found = (await manifests.FindRunAsync(stored.Job.Id, stored.Job.Manifest!, run, CancellationToken.None))!;
            Assert.Equal(run, found.Run);
            listed.AddRange(found.Tasks);
        }

        return (listed, steps);

        async IAsyncEnumerable<RunTask> Behind(LmsId? after)
        {
            await Task.CompletedTask;
            var users = 0;
            LmsId? last = null;
            foreach (var task in tasks.Where(task => after is null || ShardOrder.Instance.Compare(task.UserId, after) > 0))
            {
                if (task.UserId != last && users++ == usersPerStep)
                {
                    time.Advance(TaskListingSettings.Default.TimePerStep);
                }

                last = task.UserId;
                yield return task;
            }
        }
    }
}
