using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class JobControlFaultTests
{
    [Fact]
    public async Task A_crash_at_any_request_while_a_job_is_cancelled_stops_it_where_it_can_go_on() => await CrashStep.PlayAllAsync(
        await CountCallsAsync(CancelledInMidRunAsync, scene => scene.World.Queues.RunToEndAsync),
        JobScene.SetAsync,
        async (people, step) =>
        {
            var scene = await people.AgainAsync($"CANCEL-{step.Call}-{step.Sent}");
            await CancelledInMidRunAsync(scene);
            await step.DieAsync(scene.World, scene.World.Queues.RunToEndAsync);
            await RunToEndAsync(scene);
            var stopped = await scene.JobAsync();
            var holders = (await scene.World.HoldersAsync(scene.Code)).Count;
            await DoneAsync(scene, (control, id) => control.ResumeAsync(id, "ada", CancellationToken.None));
            await RunToEndAsync(scene);
            return
            [
                .. stopped.Status == JobStatus.Cancelled ? [] : new[] { $"It was {stopped.Status}" },
                .. holders == stopped.Counts.Awarded + JobScene.Renewed ? [] : new[] { $"{holders} held it, and it said {stopped.Counts}" },
                .. await scene.FindDifferencesOfJobAsync(),
            ];
        },
        people => people.World.CheckAsync(),
        stride: 5);

    [Fact]
    public async Task A_crash_at_any_request_of_a_retry_changes_nothing_of_its_result() => await CrashStep.PlayAllAsync(
        await CountCallsAsync(RetriedAsync, scene => scene.World.Queues.RunToEndAsync),
        async step =>
        {
            await using var scene = await JobScene.SetAsync();
            await RetriedAsync(scene);
            await step.DieAsync(scene.World, scene.World.Queues.RunToEndAsync);
            await RunToEndAsync(scene);
            var (job, holders) = (await scene.JobAsync(), (await scene.World.HoldersAsync(scene.Code)).Count);
            return job is { Status: JobStatus.Completed, Counts: { Awarded: JobScene.Awarded + 1, Renewed: JobScene.Renewed, Failed: 0 } } && holders == 102
                ? await scene.World.CheckAsync()
                : [$"The job is {job.Status} with {job.Counts}, {holders} hold it"];
        },
        stride: 5);

    [Fact]
    public async Task Cancel_resume_and_retry_that_race_with_the_runs_leave_a_store_that_agrees_with_itself()
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        var controls = scene.World.StartWorker().Get<JobControlService>();
        var id = (await scene.JobAsync()).Id;
        var workers = Enumerable.Range(0, 3).Select(_ => scene.World.StartWorker()).ToList();
        foreach (var _ in Enumerable.Range(0, 6))
        {
            await Task.WhenAll(
                scene.World.Queues.RunToEndAsync(workers),
                controls.CancelAsync(id, "ada", CancellationToken.None),
                controls.ResumeAsync(id, "ada", CancellationToken.None),
                controls.RetryAsync(id, "ada", CancellationToken.None));
        }

        await RunToEndAsync(scene);
        if ((await scene.JobAsync()).Status == JobStatus.Cancelled)
        {
            await controls.ResumeAsync(id, "ada", CancellationToken.None);
            await RunToEndAsync(scene);
        }

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    private static async Task<int> CountCallsAsync(Func<JobScene, Task> begin, Func<JobScene, Func<Worker, Task>> run)
    {
        await using var scene = await JobScene.SetAsync();
        await begin(scene);
        var worker = scene.World.StartWorker();
        await run(scene)(worker);
        Assert.Empty(await scene.World.CheckAsync());
        return worker.Storage.Calls.Count;
    }

    /// <summary>Its only run has done one transaction when its process dies; then the job is cancelled. All messages are in the queues.</summary>
    private static async Task CancelledInMidRunAsync(JobScene scene)
    {
        await scene.AskAsync();
        var transactions = 0;
        var doomed = scene.World.StartWorker(call => call.IsTransaction && ++transactions == 3 ? new Fault { Before = () => throw new CrashException("Dies.") } : null);
        await Assert.ThrowsAsync<CrashException>(() => scene.World.Queues.RunToEndAsync(doomed));
        await DoneAsync(scene, (control, id) => control.CancelAsync(id, "ada", CancellationToken.None));
    }

    /// <summary>The job is done, and the one who was not known is.</summary>
    private static async Task RetriedAsync(JobScene scene)
    {
        await scene.AskAsync();
        await RunToEndAsync(scene);
        await scene.World.Seed.AddUsersAsync([JobScene.Unknown]);
        await DoneAsync(scene, (control, id) => control.RetryAsync(id, "ada", CancellationToken.None));
    }

    private static Task RunToEndAsync(JobScene scene) => scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

    private static async Task DoneAsync(JobScene scene, Func<JobControlService, JobId, Task<Outcome<Job>>> control)
    {
        var outcome = await control(scene.World.StartWorker().Get<JobControlService>(), (await scene.JobAsync()).Id);
        Assert.True(outcome.IsDone(out _, out var why), why?.Detail);
    }
}
