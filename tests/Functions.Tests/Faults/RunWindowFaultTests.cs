using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Records;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>Jobs of more runs than may be in the queue or at work at once, each of which awards one user.</summary>
public sealed class RunWindowFaultTests
{
    /// <summary>The first run has one that comes next; it is the only one.</summary>
    private const int OneTooMany = RunOrder.RunsAtOnce + 1;

    [Fact]
    public async Task Two_jobs_progress_side_by_side()
    {
        const int runs = 2 * RunOrder.RunsAtOnce;
        await using var world = await World.CreateAsync();
        var worker = world.StartWorker();
        var first = await StartAsync(world, worker, "FIRE-1", runs);
        var second = await StartAsync(world, worker, "FIRE-2", runs);

        while (await StatusAsync(world, first) == JobStatus.Running)
        {
            await world.Queues.DeliverAsync(worker, (await world.Queues.TakeAsync())[0]);
        }

        Assert.InRange((await world.HoldersAsync(CertificationCode.Parse("FIRE-2"))).Count, runs / 3, runs);
        await world.Queues.RunToEndAsync(worker);
        Assert.Equal(JobStatus.Completed, await StatusAsync(world, second));
        Assert.Empty(await world.CheckAsync());
    }

    /// <summary>Before each request or after each answer, from run to run of the tests: what comes after one is what comes before the next.</summary>
    [Fact]
    public async Task A_crash_at_any_request_of_a_run_that_sends_another_loses_none_and_sends_it_twice_at_the_most() => await CrashStep.PlayAllAsync(
        await CountCallsAsync(),
        async step =>
        {
            await using var world = await World.CreateAsync();
            var worker = world.StartWorker();
            var id = await StartAsync(world, worker, "FIRE-1", OneTooMany);
            await world.Queues.TakeAsync();
            await step.DieAsync(world, doomed => world.Queues.DeliverAsync(doomed, world.Queues.PendingRun(id, 0)));

            var again = await DeliverAllAsync(world, worker);

            List<string> wrong = [.. await world.CheckAsync()];
            var job = Assert.Single(await world.JobsAsync());
            if (job.Status != JobStatus.Completed || job.Counts != new JobCounts(Awarded: OneTooMany))
            {
                wrong.Add($"The job is {job.Status} with {job.Counts}");
            }

            return again is OneTooMany or OneTooMany + 1 ? wrong : [.. wrong, $"{again} messages came after the crash"];
        },
        stride: 3);

    private static async Task<int> CountCallsAsync()
    {
        await using var world = await World.CreateAsync();
        var id = await StartAsync(world, world.StartWorker(), "FIRE-1", OneTooMany);
        Assert.Equal(RunOrder.RunsAtOnce, (await world.Queues.TakeAsync()).Count);
        var worker = world.StartWorker();
        await world.Queues.DeliverAsync(worker, world.Queues.PendingRun(id, 0));
        Assert.Equal(RunOrder.RunsAtOnce, (await world.Queues.TakeAsync()).Count);
        return worker.Storage.Calls.Count;
    }

    /// <returns>How many messages there were.</returns>
    private static async Task<int> DeliverAllAsync(World world, Worker worker)
    {
        var delivered = 0;
        for (; (await world.Queues.TakeAsync()).Count > 0; delivered++)
        {
            await world.Queues.DeliverAsync(worker, world.Queues.Pending[0]);
        }

        return delivered;
    }

    private static async Task<JobStatus> StatusAsync(World world, JobId id) => (await world.JobsAsync()).Single(job => job.Id == id).Status;

    /// <summary>As many users as runs, who hold nothing; the messages of the job are sent.</summary>
    private static async Task<JobId> StartAsync(World world, Worker worker, string certification, int runs)
    {
        var code = await world.Seed.AddCertificationAsync(certification);
        var users = Seed.Ids(runs).Order(ShardOrder.Instance).ToList();
        await world.Seed.AddUsersAsync(users);
        var job = TestJob.Of(TestJob.Work with { Code = code }, world.Time.GetUtcNow());
        var tasks = users.Select((user, run) => new RunTasks(run, Shard.Of(user), [.. TestJob.TasksOf([user])])).ToAsyncEnumerable();
        var manifest = await worker.Get<IManifestStore>().WriteAsync(job.Id, tasks, CancellationToken.None);
        await worker.Get<JobService>().AddAsync(job.Resolved(manifest, world.Time.GetUtcNow()), CancellationToken.None);
        await worker.Get<JobStepService>().AdvanceAsync(job.Id, CancellationToken.None);
        return job.Id;
    }
}
