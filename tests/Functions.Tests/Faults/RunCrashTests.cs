using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class RunCrashTests
{
    [Fact]
    public async Task A_crash_at_any_request_of_a_job_changes_nothing_of_its_result() =>
        await CrashStep.PlayAllAsync(
            await CountCallsAsync(),
            JobScene.SetAsync,
            async (people, step) =>
            {
                var scene = await CrashedAsync(people, step);
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                return await scene.FindDifferencesOfJobAsync();
            },
            people => people.World.CheckAsync());

    [Fact]
    public async Task What_a_crash_has_hidden_the_sweeper_sends_again_and_its_late_return_changes_nothing() =>
        await CrashStep.PlayAllAsync(
            await CountCallsAsync(),
            JobScene.SetAsync,
            async (people, step) =>
            {
                var scene = await CrashedAsync(people, step);
                scene.World.Queues.Hide();
                await SweepAsync(scene);
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                await SweepAsync(scene);
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                var atRest = await scene.FindDifferencesOfJobAsync();
                scene.World.Queues.ShowHidden();
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                return [.. atRest, .. await scene.FindDifferencesOfJobAsync()];
            },
            people => people.World.CheckAsync());

    private static async Task<int> CountCallsAsync()
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        var worker = scene.World.StartWorker();
        await scene.World.Queues.RunToEndAsync(worker);
        Assert.Empty(await scene.FindDifferencesAsync());
        return worker.Storage.Calls.Count;
    }

    private static async Task<JobScene> CrashedAsync(JobScene people, CrashStep step)
    {
        var scene = await people.AgainAsync($"CRASH-{step.Call}-{step.Sent}");
        await scene.AskAsync();
        await step.DieAsync(scene.World, scene.World.Queues.RunToEndAsync);
        return scene;
    }

    private static async Task SweepAsync(JobScene scene)
    {
        scene.World.Time.Advance(2 * SweepSettings.Default.StalledAfter);
        await scene.World.StartWorker().Get<SweepService>().SweepAsync(CancellationToken.None);
    }
}
