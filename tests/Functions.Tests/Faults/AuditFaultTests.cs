using System.Collections.Concurrent;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class AuditFaultTests(AuditFaultTests.SharedWorld shared) : IClassFixture<AuditFaultTests.SharedWorld>
{
    private const int Lanes = 3;
    private const int Stride = 3;

    public static TheoryData<string> Changes => [.. AuditScene.Names];

    private World World => shared.World;

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_has_one_entry_with_what_was_before_and_what_is_after(string change)
    {
        var scene = await AuditScene.SetAsync(World, change);
        var before = (await scene.EntriesAsync()).Count;
        World.Time.Advance(TimeSpan.FromSeconds(1));

        await scene.MakeAsync(World.StartWorker());

        var entries = await scene.EntriesAsync();
        Assert.Equal(before + 1, entries.Count);
        var entry = entries[0].Content;
        Assert.NotEqual(entry.GetProperty("before").GetRawText(), entry.GetProperty("after").GetRawText());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Where_every_first_answer_is_lost_there_is_one_entry_none_the_less(string change)
    {
        var scene = await AuditScene.SetAsync(World, change);
        var before = (await scene.EntriesAsync()).Count;
        var seen = new HashSet<string>();
        var unlucky = World.StartWorker(call => call.IsTransaction && seen.Add(call.Id) ? Fault.AnswerLost() : null);

        await scene.MakeAsync(unlucky);
        await scene.SweepAsync();

        Assert.Equal(before + 1, (await scene.EntriesAsync()).Count);
        Assert.Empty(await AuditScene.LettersAsync(World));
    }

    /// <summary>All changes, at all their requests, in a few worlds that are looked over at the end.</summary>
    [Fact]
    public async Task A_crash_at_any_request_leaves_one_entry_of_a_change_that_was_made_and_none_of_one_that_was_not()
    {
        var plays = new ConcurrentQueue<(string Change, CrashStep Step)>();
        foreach (var change in AuditScene.Names)
        {
            var sample = await AuditScene.SetAsync(World, change);
            var worker = World.StartWorker();
            await sample.MakeAsync(worker);
            foreach (var step in CrashStep.StepsOf(worker.Storage.Calls.Count, Stride).Steps)
            {
                plays.Enqueue((change, step));
            }
        }

        var wrong = await Task.WhenAll(Enumerable.Range(0, Lanes).Select(_ => PlayAsync(plays)));

        Assert.Empty(wrong.SelectMany(lines => lines));
    }

    private static async Task<IReadOnlyList<string>> PlayAsync(ConcurrentQueue<(string Change, CrashStep Step)> plays)
    {
        await using var world = await World.CreateAsync();
        var wrong = new List<string>();
        while (plays.TryDequeue(out var play))
        {
            var scene = await AuditScene.SetAsync(world, play.Change);
            var (was, entries) = (await scene.ReadAsync(), (await scene.EntriesAsync()).Count);
            await play.Step.DieAsync(world, scene.MakeAsync);
            await scene.SweepAsync();
            var wanted = Equals(was, await scene.ReadAsync()) ? 0 : 1;
            if (wanted != (await scene.EntriesAsync()).Count - entries)
            {
                wrong.Add($"{play}: {(await scene.EntriesAsync()).Count - entries} entries of {wanted} changes");
            }
        }

        return [.. wrong, .. await world.CheckAsync(), .. (await AuditScene.LettersAsync(world)).Select(letter => $"{letter} is left in the outbox")];
    }

    [Fact]
    public async Task A_writer_who_sleeps_while_its_intent_is_given_up_tries_again_and_has_one_entry()
    {
        var scene = await AuditScene.SetAsync(World, "a new member");
        var gate = new Gate();
        var slow = World.StartWorker();
        slow.Storage.OnCall = async call =>
            gate.Reached.IsCompleted || !await call.IsTransactionOfAsync(StorageNames.Tables.Members) ? null : Fault.HoldBefore(gate);

        var made = scene.MakeAsync(slow);
        await gate.Reached;
        await scene.SweepAsync();
        Assert.Empty(await scene.EntriesAsync());
        gate.Open();
        await made;

        Assert.Equal(true, await scene.ReadAsync());
        Assert.Single(await scene.EntriesAsync());
    }

    [Fact]
    public async Task A_sweep_while_the_writer_is_about_to_record_leaves_one_entry()
    {
        var scene = await AuditScene.SetAsync(World, "an edited award");
        var gate = new Gate();
        var slow = World.StartWorker();
        slow.Storage.OnCall = async call =>
            gate.Reached.IsCompleted || !await call.IsTransactionOfAsync(StorageNames.Tables.Audit) ? null : Fault.HoldBefore(gate);

        var made = scene.MakeAsync(slow);
        await gate.Reached;
        await scene.SweepAsync();
        gate.Open();
        await made;

        Assert.Single(await scene.EntriesAsync());
        Assert.Empty(await World.CheckAsync());
        Assert.Empty(await AuditScene.LettersAsync(World));
    }

    [Fact]
    public async Task Trouble_with_the_audit_alone_fails_no_change_and_is_made_good()
    {
        var scene = await AuditScene.SetAsync(World, "a new user");
        var troubled = World.StartWorker();
        troubled.Storage.OnCall = async call => await call.IsTransactionOfAsync(StorageNames.Tables.Audit) ? Fault.AnswersInside(500) : null;

        await scene.MakeAsync(troubled);

        Assert.NotNull(await scene.ReadAsync());
        Assert.Empty(await scene.EntriesAsync());
        await scene.SweepAsync();
        Assert.Single(await scene.EntriesAsync());
    }

    public sealed class SharedWorld : IAsyncLifetime
    {
        public World World { get; private set; } = null!;

        public async ValueTask InitializeAsync() => World = await World.CreateAsync();

        public ValueTask DisposeAsync() => World.DisposeAsync();
    }
}
