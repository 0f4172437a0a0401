using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class UndoFaultTests
{
    private const string Key = "undo-1";
    private const int Stride = 7;

    [Fact]
    public async Task A_crash_at_any_request_of_an_undo_changes_nothing_of_its_result()
    {
        await using var counted = await JobScene.SetAsync();
        await BeginAsync(counted);
        var worker = counted.World.StartWorker();
        await counted.World.Queues.RunToEndAsync(worker);
        Assert.Empty((await FindDifferencesAsync(counted)).Concat(await counted.World.CheckAsync()));
        await CrashStep.PlayAllAsync(
            worker.Storage.Calls.Count,
            JobScene.SetAsync,
            async (people, step) =>
            {
                var scene = await people.AgainAsync($"UNDO-{step.Call}-{step.Sent}");
                await BeginAsync(scene);
                await step.DieAsync(scene.World, scene.World.Queues.RunToEndAsync);
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                return await FindDifferencesAsync(scene);
            },
            people => people.World.CheckAsync(),
            Stride);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public async Task A_crash_at_any_request_of_asking_for_an_undo_leaves_its_repetition_the_same_job(int users)
    {
        async Task<(RequestScene, JobId)> AwardAsync()
        {
            var scene = await RequestScene.SetAsync(users);
            await scene.PostAsync(scene.World.StartWorker());
            await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
            return (scene, Assert.Single(await scene.World.JobsAsync()).Id);
        }

        var (counted, job) = await AwardAsync();
        await using var _ = counted;
        var worker = counted.World.StartWorker();
        await worker.UndoAsync(job, Key);
        await CrashStep.PlayAllAsync(worker.Storage.Calls.Count, async step =>
        {
            var (scene, id) = await AwardAsync();
            await using var __ = scene;
            await step.DieAsync(scene.World, doomed => doomed.UndoAsync(id, Key));
            scene.World.Time.Advance(IdempotentPosts.Lease + TimeSpan.FromSeconds(1));
            var answer = await scene.World.StartWorker().UndoAsync(id, Key);
            await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
            var undo = (await scene.World.JobsAsync()).Single(one => one.Kind == JobKind.Undo);
            return undo.Id.Value == answer.Json.GetProperty("id").GetString() && undo.Counts == new JobCounts(Revoked: users)
                ? await scene.World.CheckAsync()
                : [$"The repetition was answered with {answer.Status} {answer.Body}, and {undo.Id} came to {undo.Counts}"];
        }, Stride);
    }

    [Fact]
    public async Task Of_two_undos_at_once_each_award_is_put_back_by_one()
    {
        await using var scene = await JobScene.SetAsync();
        await BeginAsync(scene);
        Assert.Equal(202, (await scene.World.StartWorker().UndoAsync((await scene.JobAsync()).Id)).Status);

        await scene.World.Queues.RunToEndAsync([scene.World.StartWorker(), scene.World.StartWorker()]);

        var undos = await scene.JobsAsync(JobKind.Undo);
        var counts = undos.Aggregate(JobCounts.None, (sum, undo) => sum + undo.Counts);
        Assert.Equal(new JobCounts(Updated: JobScene.Renewed, Revoked: JobScene.Awarded, Skipped: JobScene.Renewed + JobScene.Awarded), counts);
        Assert.Equal(JobScene.Renewed, (await scene.World.HoldersAsync(scene.Code)).Count);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_large_job_undone_and_done_again_while_the_storage_has_trouble_ends_as_it_began()
    {
        await using var scene = await JobScene.SetAsync();
        await BeginAsync(scene);
        var calls = 0;
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker(call => ++calls % 7 == 0 ? Fault.Answers(503) : null));
        var undo = Assert.Single(await scene.JobsAsync(JobKind.Undo));

        Assert.Equal(202, (await scene.World.StartWorker().UndoAsync(undo.Id)).Status);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        Assert.Equal(2, (await scene.JobsAsync(JobKind.Undo)).Count);
        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task What_an_undone_retroactive_award_used_is_free_again_and_awards_again()
    {
        await using var scene = await RetroactiveScene.SetAsync();
        await scene.AskAsync();
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        var first = (await scene.World.JobsAsync()).Single(job => job.Work.Kind == JobKind.Retroactive);

        await scene.World.StartWorker().UndoAsync(first.Id);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.Empty(await scene.World.CheckAsync());
        await scene.AskAsync();
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var second = (await scene.World.JobsAsync()).Single(job => job.Work.Kind == JobKind.Retroactive && job.Id != first.Id);
        Assert.Equal((first.Status, first.Counts), (second.Status, second.Counts));
        Assert.Empty(await scene.World.CheckAsync());
    }

    /// <summary>The job is done, and its undo asked for.</summary>
    private static async Task BeginAsync(JobScene scene)
    {
        await scene.AskAsync();
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.Equal(202, (await scene.World.StartWorker().UndoAsync((await scene.JobAsync()).Id)).Status);
    }

    private static async Task<IReadOnlyList<string>> FindDifferencesAsync(JobScene scene)
    {
        var undo = Assert.Single(await scene.JobsAsync(JobKind.Undo));
        var holders = (await scene.World.HoldersAsync(scene.Code)).Count;
        return undo.Status == JobStatus.Completed && undo.Counts == new JobCounts(Updated: JobScene.Renewed, Revoked: JobScene.Awarded) && holders == JobScene.Renewed
            ? []
            : [$"The undo is {undo.Status} with {undo.Counts}, {holders} hold it"];
    }
}
