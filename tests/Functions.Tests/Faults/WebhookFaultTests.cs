using CertFunctions.Core.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Operations.Checking;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class WebhookFaultTests
{
    /// <summary>A prime, so that it meets both sides of requests. All 216 steps of the 108 requests have passed; they take minutes.</summary>
    private const int Stride = 11;

    [Fact]
    public async Task The_messages_bring_about_what_they_say()
    {
        var (calls, state) = await InOrderAsync();

        TestContext.Current.TestOutputHelper?.WriteLine($"{calls} requests");
        Assert.Equal(
            """
            u-00001: name-u-00001 name-u-00001  True; 1 2026-11-20 m-completed
            u-00002: name-u-00002 Gone  False;   
            joiner: joiner.newer newer fr True; 1 2026-11-20 m-completed
            Group drivers: joiner
            Branch uk: 
            Branch fr: joiner
            m-completed 1 invalid_request
            """,
            state,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public async Task A_crash_changes_nothing_of_what_the_messages_bring_about()
    {
        var (calls, wanted) = await InOrderAsync();
        await CrashStep.PlayAllAsync(
            calls,
            async step =>
            {
                await using var scene = await LmsScene.SetAsync();
                await scene.SendAsync(LmsScene.Messages);
                await step.DieAsync(scene.World, scene.World.Queues.RunToEndAsync);
                await scene.RunToEndAsync();
                var state = await scene.StateAsync();
                return state == wanted ? [] : [state];
            },
            Stride);
    }

    [Fact]
    public async Task Reversed_shuffled_and_repeated_messages_bring_about_the_same()
    {
        var (_, wanted) = await InOrderAsync();
        var random = new Random(20261124);
        IEnumerable<string>[] orders =
        [
            LmsScene.Messages.Reverse(),
            .. Enumerable.Range(0, 3).Select(_ =>
            {
                var thrice = LmsScene.Messages.Concat(LmsScene.Messages).Concat(LmsScene.Messages).ToArray();
                random.Shuffle(thrice);
                return thrice;
            }),
        ];
        foreach (var order in orders)
        {
            await using var scene = await LmsScene.SetAsync();
            foreach (var message in order)
            {
                await scene.SendAsync([message]);
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
            }

            await scene.RunToEndAsync();
            Assert.Equal(wanted, await scene.StateAsync());
        }
    }

    [Fact]
    public async Task Many_workers_at_once_bring_about_the_same()
    {
        var (_, wanted) = await InOrderAsync();
        await using var scene = await LmsScene.SetAsync();
        await scene.SendAsync(LmsScene.Messages.Concat(LmsScene.Messages));
        await scene.World.Queues.RunToEndAsync([.. Enumerable.Range(0, 4).Select(_ => scene.World.StartWorker())]);
        await scene.RunToEndAsync();

        Assert.Equal(wanted, await scene.StateAsync());
    }

    [Fact]
    public async Task A_message_queued_but_not_answered_for_is_queued_again_and_applied_once()
    {
        await using var scene = await LmsScene.SetAsync();
        var doomed = scene.World.StartWorker(call => call.IsOn(StorageNames.Queues.WebhookMessages) ? Fault.CrashBefore(call) : null);
        await Assert.ThrowsAsync<CrashException>(() => doomed.Get<WebhookService>().ReceiveAsync(
            System.Text.Encoding.UTF8.GetBytes(LmsScene.Messages[0]), CancellationToken.None));
        await scene.SendAsync(LmsScene.Messages);
        await scene.RunToEndAsync();

        Assert.Equal((await InOrderAsync()).State, await scene.StateAsync());
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("""{"v":2,"message":"x"}""")]
    [InlineData("""{"v":1,"message":"0000000000000000000000000000000000000000000000000000000000000000"}""")]
    public async Task A_message_that_is_not_ours_is_dropped_and_leaves_nothing_behind(string text)
    {
        await using var scene = await LmsScene.SetAsync();
        await scene.World.Queues.SendAsync(StorageNames.Queues.WebhookMessages, text);
        await scene.RunToEndAsync();

        Assert.Empty(await StoreCheck.RunAsync(scene.World.Storage));
        Assert.Empty((await scene.World.StartWorker().Get<DeadLetterService>().ListAsync(null, null, new Core.PageRequest(1, null), CancellationToken.None)).Items);
    }

    [Fact]
    public async Task Storage_trouble_for_long_makes_dead_letters_that_a_replay_applies()
    {
        await using var scene = await LmsScene.SetAsync();
        await scene.SendAsync(LmsScene.Messages);
        var troubled = scene.World.StartWorker(call => call.IsOn(StorageNames.Tables.Members) ? Fault.Answers(503) : null);
        await scene.World.Queues.RunToEndAsync(troubled);
        var letters = scene.World.StartWorker().Get<DeadLetterService>();
        var dead = (await letters.ListAsync(null, null, new Core.PageRequest(200, null), CancellationToken.None)).Items;
        Assert.Contains(dead, letter => letter.Code == "processing_failed");

        foreach (var letter in dead)
        {
            await letters.ReplayAsync(letter.Id, By.Hand, CancellationToken.None);
        }

        await scene.RunToEndAsync();
        Assert.Equal((await InOrderAsync()).State, await scene.StateAsync());
    }

    /// <summary>How many requests it takes without any fault, and what comes of it.</summary>
    private static async Task<(int Calls, string State)> InOrderAsync()
    {
        await using var scene = await LmsScene.SetAsync();
        await scene.SendAsync(LmsScene.Messages);
        var worker = scene.World.StartWorker();
        await scene.World.Queues.RunToEndAsync(worker);
        var calls = worker.Storage.Calls.Count;
        await scene.RunToEndAsync();
        return (calls, await scene.StateAsync());
    }
}
