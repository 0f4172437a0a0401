using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Completions;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class RetroactiveFaultTests
{
    /// <summary>A prime, so that it meets both sides of requests and every kind of them; half of them read completions shard by shard.</summary>
    private const int Stride = 11;

    [Fact]
    public async Task A_crash_at_any_request_of_a_retroactive_job_changes_nothing_of_its_result() =>
        await CrashStep.PlayAllAsync(
            await CountCallsAsync(),
            async step =>
            {
                await using var scene = await RetroactiveScene.SetAsync();
                await scene.AskAsync();
                await step.DieAsync(scene.World, scene.World.Queues.RunToEndAsync);
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                return await scene.FindDifferencesAsync();
            },
            Stride);

    [Fact]
    public async Task What_a_message_awards_while_a_run_is_at_work_the_run_awards_no_more()
    {
        await using var scene = await RetroactiveScene.SetAsync();
        await scene.AskAsync();
        var gate = new Gate();
        var count = 0;
        var slow = scene.World.StartWorker();
        slow.Storage.OnCall = async call => await call.IsTransactionOfAsync(StorageNames.Tables.Awards) && ++count == 1 ? Fault.HoldBefore(gate) : null;

        var running = scene.World.Queues.RunToEndAsync(slow);
        await gate.Reached;
        var provenance = new Provenance("lms", scene.World.Time.GetUtcNow(), null, new Origin(MessageId: "m-1"));
        await scene.World.StartWorker().Get<CompletionService>().ApplyAsync(scene.OfSomebodyNew, provenance, CancellationToken.None);
        gate.Open();
        await running;

        // The person completed another activity of it as well, which the run still has its say about.
        Assert.Empty(await scene.FindDifferencesAsync(done: 1));
    }

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
