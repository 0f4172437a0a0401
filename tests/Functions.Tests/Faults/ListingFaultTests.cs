using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>Lists of tasks that take several steps.</summary>
public sealed class ListingFaultTests
{
    /// <summary>Primes, so that they meet both sides of requests and every kind of them.</summary>
    private const int SelectionStride = 3;

    /// <summary>Most requests read completions shard by shard.</summary>
    private const int CompletionStride = 23;

    [Fact]
    public async Task A_crash_at_any_request_of_a_selection_that_is_listed_in_steps_changes_nothing_of_the_result()
    {
        await using var whole = await SelectionAsync();
        await whole.AskAsync();
        var worker = whole.World.StartWorker();
        Assert.Equal(3, await ListAsync(whole.World, worker));
        var calls = worker.Storage.Calls.Count;
        await whole.World.Queues.RunToEndAsync(worker);
        Assert.Empty(await whole.FindDifferencesAsync());

        await CrashStep.PlayAllAsync(
            calls,
            SelectionAsync,
            async (people, step) =>
            {
                var scene = await people.AgainAsync($"LIST-{step.Call}-{step.Sent}");
                await scene.AskAsync();
                await step.DieAsync(scene.World, doomed => ListAsync(scene.World, doomed));
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                return await scene.FindDifferencesOfJobAsync();
            },
            people => people.World.CheckAsync(),
            SelectionStride);
    }

    [Fact]
    public async Task A_crash_at_any_request_of_completions_that_are_listed_in_steps_changes_nothing_of_the_result()
    {
        await using var whole = await CompletionsAsync();
        await whole.AskAsync();
        var worker = whole.World.StartWorker();
        Assert.Equal(2, await ListAsync(whole.World, worker));
        var calls = worker.Storage.Calls.Count;
        await whole.World.Queues.RunToEndAsync(worker);
        Assert.Empty(await whole.FindDifferencesAsync());

        await CrashStep.PlayAllAsync(
            calls,
            async step =>
            {
                await using var scene = await CompletionsAsync();
                await scene.AskAsync();
                await step.DieAsync(scene.World, doomed => ListAsync(scene.World, doomed));
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                return await scene.FindDifferencesAsync();
            },
            CompletionStride);
    }

    private static async Task<JobScene> SelectionAsync()
    {
        var scene = await JobScene.SetAsync();
        GoOn(scene.World);
        return scene;
    }

    private static async Task<RetroactiveScene> CompletionsAsync()
    {
        var scene = await RetroactiveScene.SetAsync();
        GoOn(scene.World);
        return scene;
    }

    /// <summary>The clock goes on each time that somebody looks at it, which a list does for each user.</summary>
    private static void GoOn(World world) => world.Time.AutoAdvanceAmount = TaskListingSettings.Default.TimePerStep / 40;

    /// <returns>In how many steps.</returns>
    private static async Task<int> ListAsync(World world, Worker worker)
    {
        var steps = 0;
        for (; (await world.Queues.TakeAsync()).FirstOrDefault(message => message.Queue == StorageNames.Queues.JobSteps) is { } step; steps++)
        {
            await world.Queues.DeliverAsync(worker, step);
        }

        return steps;
    }
}
