using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class AuditFaultTests
{
    /// <summary>All steps of all changes are 500 worlds.</summary>
    private const int Stride = 5;

    public static TheoryData<string> Changes => [.. AuditScene.Names];

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_has_one_entry_with_what_was_before_and_what_is_after(string change)
    {
        await using var scene = await AuditScene.SetAsync(change);
        var before = (await scene.EntriesAsync()).Count;
        scene.World.Time.Advance(TimeSpan.FromSeconds(1));

        await scene.MakeAsync(scene.World.StartWorker());

        var entries = await scene.EntriesAsync();
        Assert.Equal(before + 1, entries.Count);
        var entry = entries[0].Content;
        Assert.NotEqual(entry.GetProperty("before").GetRawText(), entry.GetProperty("after").GetRawText());
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_crash_at_any_request_leaves_one_entry_of_a_change_that_was_made_and_none_of_one_that_was_not(string change)
    {
        await using var sample = await AuditScene.SetAsync(change);
        var worker = sample.World.StartWorker();
        await sample.MakeAsync(worker);

        await CrashStep.PlayAllAsync(worker.Storage.Calls.Count, async step =>
        {
            await using var scene = await AuditScene.SetAsync(change);
            var (was, entries) = (await scene.ReadAsync(), (await scene.EntriesAsync()).Count);
            await step.DieAsync(scene.World, scene.MakeAsync);
            await scene.SweepAsync();
            var wanted = Equals(was, await scene.ReadAsync()) ? 0 : 1;
            var added = (await scene.EntriesAsync()).Count - entries;
            var left = await scene.LettersAsync();
            return
            [
                .. await scene.World.CheckAsync(),
                .. wanted == added ? Array.Empty<string>() : [$"{added} entries of {wanted} changes"],
                .. left.Select(letter => $"{letter} is left in the outbox"),
            ];
        }, Stride);
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Where_every_first_answer_is_lost_there_is_one_entry_none_the_less(string change)
    {
        await using var scene = await AuditScene.SetAsync(change);
        var before = (await scene.EntriesAsync()).Count;
        var seen = new HashSet<string>();
        var unlucky = scene.World.StartWorker(call => call.IsTransaction && seen.Add(call.Id) ? Fault.AnswerLost() : null);

        await scene.MakeAsync(unlucky);
        await scene.SweepAsync();

        Assert.Equal(before + 1, (await scene.EntriesAsync()).Count);
        Assert.Empty(await scene.World.CheckAsync());
        Assert.Empty(await scene.LettersAsync());
    }

    [Fact]
    public async Task A_writer_who_sleeps_while_its_intent_is_given_up_tries_again_and_has_one_entry()
    {
        await using var scene = await AuditScene.SetAsync("a new member");
        var gate = new Gate();
        var slow = scene.World.StartWorker();
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
        await using var scene = await AuditScene.SetAsync("an edited award");
        var gate = new Gate();
        var slow = scene.World.StartWorker();
        slow.Storage.OnCall = async call =>
            gate.Reached.IsCompleted || !await call.IsTransactionOfAsync(StorageNames.Tables.Audit) ? null : Fault.HoldBefore(gate);

        var made = scene.MakeAsync(slow);
        await gate.Reached;
        await scene.SweepAsync();
        gate.Open();
        await made;

        Assert.Single(await scene.EntriesAsync());
        Assert.Empty(await scene.World.CheckAsync());
        Assert.Empty(await scene.LettersAsync());
    }

    [Fact]
    public async Task Trouble_with_the_audit_alone_fails_no_change_and_is_made_good()
    {
        await using var scene = await AuditScene.SetAsync("a new user");
        var troubled = scene.World.StartWorker();
        troubled.Storage.OnCall = async call => await call.IsTransactionOfAsync(StorageNames.Tables.Audit) ? Fault.AnswersInside(500) : null;

        await scene.MakeAsync(troubled);

        Assert.NotNull(await scene.ReadAsync());
        Assert.Empty(await scene.EntriesAsync());
        await scene.SweepAsync();
        Assert.Single(await scene.EntriesAsync());
    }
}
