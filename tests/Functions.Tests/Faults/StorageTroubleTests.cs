using System.Collections.Concurrent;
using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class StorageTroubleTests
{
    public static TheoryData<string, Func<Fault>> Faults => new()
    {
        { "reset before it was sent", Fault.Reset },
        { "reset after it was carried out", Fault.AnswerLost },
        { "429", () => Fault.Answers(429) },
        { "500", () => Fault.Answers(500) },
        { "503", () => Fault.Answers(503) },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public async Task Trouble_with_the_first_sending_of_every_request_changes_nothing(string what, Func<Fault> fault)
    {
        var seen = new ConcurrentDictionary<string, bool>();
        await PlayAsync(what, call => Task.FromResult(seen.TryAdd(call.Request.ClientRequestId, true) ? fault() : null));
    }

    [Fact]
    public async Task A_503_inside_every_other_answer_of_202_changes_nothing()
    {
        var count = 0;
        await PlayAsync("inner 503", call => Task.FromResult(
            call.IsTransaction && Interlocked.Increment(ref count) % 2 == 1 ? Fault.AnswersInside(503) : null));
    }

    [Fact]
    public async Task Awards_whose_answers_are_all_lost_are_written_once() =>
        await PlayAsync("all answers lost", async call => await IsOfAwardsAsync(call) ? Fault.AnswerLost() : null);

    [Fact]
    public async Task A_burst_of_refusals_longer_than_the_clients_own_retries_changes_nothing()
    {
        var left = 12;
        await PlayAsync("burst", async call => await IsOfAwardsAsync(call) && Interlocked.Decrement(ref left) >= 0 ? Fault.Answers(503) : null);
        Assert.True(left < 0);
    }

    [Fact]
    public async Task A_job_says_that_it_waits_for_the_storage_until_it_moves_on()
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        var id = (await scene.World.JobsAsync()).Single(job => job.Work.FewRuns is null).Id;
        var troubled = scene.World.StartWorker(call => call.IsOn($"{StorageNames.Containers.Jobs}/{id}") ? Fault.Answers(503) : null);
        await scene.World.Queues.DeliverAsync(troubled, Assert.Single(await scene.World.Queues.TakeAsync()));

        var error = (await GetAsync(scene, id)).Json.GetProperty("error");
        Assert.Equal("storage_unavailable", error.GetProperty("code").GetString());

        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.Equal(JsonValueKind.Null, (await GetAsync(scene, id)).Json.GetProperty("error").ValueKind);
        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task A_shard_that_always_refuses_keeps_no_other_and_is_done_when_it_answers_again()
    {
        await using var scene = await RequestScene.SetAsync(110);
        Assert.Equal(202, (await scene.PostAsync(scene.World.StartWorker())).Status);
        var partition = $"{StorageNames.Tables.Awards}(PartitionKey='{AwardKeys.Partition(Shard.Numbered(5))}'";
        var troubled = scene.World.StartWorker();
        troubled.Storage.OnCall = async call => call.IsOn(partition) || (call.IsTransaction && (await call.BodyAsync()).Contains(partition, StringComparison.Ordinal))
            ? Fault.Answers(503) : null;

        for (var round = 0; round < 3; round++)
        {
            foreach (var message in await scene.World.Queues.TakeAsync())
            {
                await scene.World.Queues.DeliverAsync(troubled, message);
            }
        }

        Assert.Equal(55, (await scene.World.HoldersAsync(scene.Code)).Count);
        Assert.Empty(await scene.World.CheckAsync());
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.Empty(await scene.FindDifferencesAsync());
    }

    private static async Task<TestAnswer> GetAsync(JobScene scene, JobId id) => await TestAnswer.Of(
        await scene.World.StartWorker().Get<GetJob>().Run(TestRequest.Get($"/api/jobs/{id}"), id.Value, CancellationToken.None));

    private static Task<bool> IsOfAwardsAsync(StorageCall call) => call.IsTransactionOfAsync(StorageNames.Tables.Awards);

    private static async Task PlayAsync(string what, Func<StorageCall, Task<Fault?>> onCall)
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        var worker = scene.World.StartWorker();
        worker.Storage.OnCall = onCall;
        await scene.World.Queues.RunToEndAsync(worker);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {worker.Storage.Calls.Count} requests");
        Assert.Empty(await scene.FindDifferencesAsync());
    }
}
