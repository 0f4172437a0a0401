using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Idempotency;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class PlanFaultTests
{
    private const string Key = "plan-1";

    /// <summary>Runs of an award, which these are, are played step by step elsewhere.</summary>
    private const int Stride = 11;

    [Fact]
    public async Task A_crash_at_any_request_of_a_plan_changes_nothing_of_it_and_nobody_is_awarded() => await PlayAllAsync(
        AskForPlanAsync,
        async scene =>
        {
            var plan = Assert.Single(await scene.JobsAsync(JobKind.Plan));
            var holders = (await scene.World.HoldersAsync(scene.Code)).Count;
            return plan.Counts == new JobCounts(JobScene.Awarded, JobScene.Renewed, Failed: JobScene.Failed) && holders == JobScene.Renewed
                ? []
                : [$"The plan says {plan.Counts}, {holders} hold it"];
        });

    [Fact]
    public async Task A_crash_at_any_request_of_the_job_that_carries_out_a_plan_changes_nothing_of_its_result() =>
        await PlayAllAsync(ApplyAsync, scene => scene.FindDifferencesOfJobAsync());

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public async Task A_crash_at_any_request_of_applying_a_plan_leaves_its_repetition_the_same_job(int users)
    {
        async Task<(RequestScene, JobId)> PlanAsync()
        {
            var scene = await RequestScene.SetAsync(users);
            await scene.World.StartWorker().PostAsync(scene.Code, AwardRequests.Group(scene.Group, dryRun: true));
            await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
            return (scene, Assert.Single(await scene.World.JobsAsync()).Id);
        }

        var (counted, plan) = await PlanAsync();
        await using var _ = counted;
        var worker = counted.World.StartWorker();
        await worker.ApplyAsync(plan);
        await CrashStep.PlayAllAsync(worker.Storage.Calls.Count, async step =>
        {
            var (scene, id) = await PlanAsync();
            await using var __ = scene;
            await step.DieAsync(scene.World, doomed => doomed.ApplyAsync(id));
            scene.World.Time.Advance(IdempotentPosts.Lease + TimeSpan.FromSeconds(1));
            var answer = await scene.World.StartWorker().ApplyAsync(id);
            await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
            var job = (await scene.World.JobsAsync()).Single(job => job.PlanId is not null);
            return job.Id.Value == answer.Json.GetProperty("id").GetString()
                ? await scene.FindDifferencesAsync()
                : [$"The repetition was answered with {answer.Status} {answer.Body}"];
        }, Stride);
    }

    private static async Task PlayAllAsync(Func<JobScene, Task> begin, Func<JobScene, Task<IReadOnlyList<string>>> find)
    {
        await using var counted = await JobScene.SetAsync();
        await begin(counted);
        var worker = counted.World.StartWorker();
        await counted.World.Queues.RunToEndAsync(worker);
        Assert.Empty((await find(counted)).Concat(await counted.World.CheckAsync()));
        await CrashStep.PlayAllAsync(
            worker.Storage.Calls.Count,
            JobScene.SetAsync,
            async (people, step) =>
            {
                var scene = await people.AgainAsync($"PLAN-{step.Call}-{step.Sent}");
                await begin(scene);
                await step.DieAsync(scene.World, scene.World.Queues.RunToEndAsync);
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                return await find(scene);
            },
            people => people.World.CheckAsync(),
            Stride);
    }

    private static async Task AskForPlanAsync(JobScene scene) =>
        Assert.Equal(202, (await scene.World.StartWorker().PostAsync(scene.Code, AwardRequests.Group(scene.Group, dryRun: true), Key + scene.Code)).Status);

    private static async Task ApplyAsync(JobScene scene) =>
        Assert.Equal(202, (await scene.World.StartWorker().ApplyAsync((await scene.PlanAsync()).Id)).Status);
}
