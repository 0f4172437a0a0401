using CertFunctions.Testing.Faults;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class RetroactiveCrashTests
{
    /// <summary>A prime, so that it meets both sides of requests and every kind of them; half of them read completions shard by shard.</summary>
    private const int Stride = 5;

    [Fact]
    public async Task A_crash_at_any_request_of_a_retroactive_job_changes_nothing_of_its_result() =>
        await CrashStep.PlayAllAsync(
            await CountCallsAsync(),
            async step =>
            {
                await using var scene = await RetroactiveScene.SetAsync();
                await scene.AskAsync();
                await Assert.ThrowsAsync<CrashException>(() => scene.World.Queues.RunToEndAsync(scene.World.StartWorker(step.At)));
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                return await scene.FindDifferencesAsync();
            },
            Stride);

    private static async Task<int> CountCallsAsync()
    {
        await using var scene = await RetroactiveScene.SetAsync();
        await scene.AskAsync();
        var worker = scene.World.StartWorker();
        await scene.World.Queues.RunToEndAsync(worker);
        Assert.Empty(await scene.FindDifferencesAsync());
        return worker.Storage.Calls.Count;
    }
}
