using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Http.Idempotency;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class RequestCrashTests
{
    private const string Key = "order-1";

    /// <summary>Up to 100 users take twice the requests, half of them those of runs, which have tests of their own.</summary>
    private const int StrideOfFew = 5;

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public async Task A_crash_at_any_request_of_an_award_leaves_its_repetition_the_same_job(int users) =>
        await PlayAllAsync(users, async (scene, step) =>
        {
            await CrashAsync(scene, step);
            scene.World.Time.Advance(IdempotentPosts.Lease + TimeSpan.FromSeconds(1));
            var answer = await scene.PostAsync(scene.World.StartWorker(), Key);
            await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
            var job = Assert.Single(await scene.World.JobsAsync());
            return job.Id.Value == answer.Json.GetProperty("id").GetString()
                ? await scene.FindDifferencesAsync()
                : [$"The repetition was answered with {answer.Status} {answer.Body}"];
        });

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public async Task A_crash_at_any_request_of_an_award_leaves_all_or_nothing_to_the_sweeper(int users) =>
        await PlayAllAsync(users, async (scene, step) =>
        {
            await CrashAsync(scene, step);
            scene.World.Time.Advance(SweepSettings.Default.StalledAfter + TimeSpan.FromSeconds(1));
            await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
            await scene.World.StartWorker().Get<SweepService>().SweepAsync(CancellationToken.None);
            await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
            return await scene.World.JobsAsync() is [] ? await scene.World.CheckAsync() : await scene.FindDifferencesAsync();
        });

    private static async Task PlayAllAsync(int users, Func<RequestScene, CrashStep, Task<IReadOnlyList<string>>> play)
    {
        await using var scene = await RequestScene.SetAsync(users);
        var worker = scene.World.StartWorker();
        await scene.PostAsync(worker, Key);
        await CrashStep.PlayAllAsync(worker.Storage.Calls.Count, async step =>
        {
            await using var own = await RequestScene.SetAsync(users);
            return await play(own, step);
        }, users > Limits.UsersDoneBeforeAnswer ? 3 : StrideOfFew);
    }

    private static Task CrashAsync(RequestScene scene, CrashStep step) => step.DieAsync(scene.World, worker => scene.PostAsync(worker, Key));
}
