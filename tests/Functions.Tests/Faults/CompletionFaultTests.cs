using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>Whatever happens while a completion is applied, and however often it is applied: one award for each certification.</summary>
public sealed class CompletionFaultTests
{
    private static readonly ChangeOutcome[] Expected = [ChangeOutcome.Awarded, ChangeOutcome.Renewed, ChangeOutcome.Skipped];

    public static TheoryData<int, bool> Transactions => new(
        Enumerable.Range(1, 3).SelectMany(number => Enumerable.Range(0, 2).Select(side => (number, side == 1))));

    [Fact]
    public async Task A_crash_at_any_request_leaves_its_repetition_the_same_awards() =>
        await CrashStep.PlayAllAsync(await CountCallsAsync(), async step =>
        {
            await using var scene = await CompletionScene.SetAsync();
            await step.DieAsync(scene.World, scene.ApplyAsync);
            await scene.ApplyAsync(scene.World.StartWorker());
            return await scene.FindDifferencesAsync();
        });

    [Fact]
    public async Task A_lost_answer_to_any_request_changes_nothing_and_is_not_even_noticed() =>
        await CrashStep.PlayAllAsync(await CountCallsAsync(), async step =>
        {
            await using var scene = await CompletionScene.SetAsync();
            var worker = scene.World.StartWorker(call => call.Number != step.Call ? null : step.Sent ? Fault.AnswerLost() : Fault.Reset());
            var outcomes = (await scene.ApplyAsync(worker)).Select(result => result.Outcome);
            return [.. await scene.FindDifferencesAsync(), .. outcomes.SequenceEqual(Expected) ? [] : new[] { string.Join(' ', outcomes) }];
        });

    [Theory]
    [MemberData(nameof(Transactions))]
    public async Task Of_two_workers_on_one_completion_the_slower_writes_nothing_twice(int transaction, bool sent)
    {
        await using var scene = await CompletionScene.SetAsync();
        var (slower, gate) = await HeldAsync(scene, transaction, sent);

        await scene.ApplyAsync(scene.World.StartWorker());
        Assert.Empty(await scene.FindDifferencesAsync());
        gate.Open();
        await slower;

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task Six_workers_that_overtake_each_other_write_nothing_twice()
    {
        await using var scene = await CompletionScene.SetAsync();

        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => scene.ApplyAsync(scene.World.StartWorker())));

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_unassigned_in_between_stays_unassigned(bool sent)
    {
        await using var scene = await CompletionScene.SetAsync();
        var (slower, gate) = await HeldAsync(scene, transaction: 1, sent);
        await scene.ApplyAsync(scene.World.StartWorker());
        await UnassignAsync(scene, scene.New);

        gate.Open();
        await slower;
        await scene.ApplyAsync(scene.World.StartWorker());

        var award = (await scene.AwardAsync(scene.New))!.Award;
        Assert.Equal((2, false), (award.Version, award.Held));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task What_changed_nothing_the_first_time_changes_nothing_after_the_award_is_gone()
    {
        await using var scene = await CompletionScene.SetAsync();
        await scene.ApplyAsync(scene.World.StartWorker());
        await UnassignAsync(scene, scene.Longer);

        var results = await scene.ApplyAsync(scene.World.StartWorker());

        Assert.All(results, result => Assert.Equal((ChangeOutcome.Skipped, "already_done"), (result.Outcome, result.Code)));
        Assert.False((await scene.AwardAsync(scene.Longer))!.Award.Held);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Theory]
    [MemberData(nameof(Transactions))]
    public async Task Whoever_is_renamed_meanwhile_is_shown_under_the_new_name(int transaction, bool sent)
    {
        await using var scene = await CompletionScene.SetAsync();
        var (applying, gate) = await HeldAsync(scene, transaction, sent);

        await RenameAsync(scene);
        gate.Open();
        await applying;

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task Whoever_is_renamed_while_the_worker_dies_is_shown_under_the_new_name_after_its_repetition()
    {
        await using var scene = await CompletionScene.SetAsync();
        var gate = new Gate();
        var doomed = scene.World.StartWorker();
        var count = 0;
        doomed.Storage.OnCall = async call => await call.IsTransactionOfAsync(StorageNames.Tables.Awards) && ++count == 1
            ? new Fault { Before = gate.PassAsync, After = () => throw new CrashException("after the award was stored") }
            : null;
        var applying = scene.ApplyAsync(doomed);
        await gate.Reached;
        await RenameAsync(scene);
        gate.Open();
        await Assert.ThrowsAsync<CrashException>(() => applying);

        await scene.ApplyAsync(scene.World.StartWorker());

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    private static async Task<int> CountCallsAsync()
    {
        await using var scene = await CompletionScene.SetAsync();
        var worker = scene.World.StartWorker();
        Assert.Equal(Expected, (await scene.ApplyAsync(worker)).Select(result => result.Outcome));
        Assert.Empty(await scene.FindDifferencesAsync());
        return worker.Storage.Calls.Count;
    }

    private static async Task<(Task Applying, Gate Gate)> HeldAsync(CompletionScene scene, int transaction, bool sent)
    {
        var gate = new Gate();
        var count = 0;
        var slow = scene.World.StartWorker();
        slow.Storage.OnCall = async call => await call.IsTransactionOfAsync(StorageNames.Tables.Awards) && ++count == transaction
            ? sent ? Fault.HoldAfter(gate) : Fault.HoldBefore(gate)
            : null;
        var applying = scene.ApplyAsync(slow);
        await gate.Reached;
        return (applying, gate);
    }

    private static async Task UnassignAsync(CompletionScene scene, CertificationCode code)
    {
        var outcome = await scene.World.StartWorker().Get<AwardService>()
            .UnassignAsync(code, scene.Completion.UserId, "by mistake", Precondition.None, "ada", CancellationToken.None);
        Assert.IsType<Outcome<Change<StoredAward>>.Done>(outcome);
    }

    private static async Task RenameAsync(CompletionScene scene)
    {
        var outcome = await scene.World.StartWorker().Get<UserService>().PutAsync(
            scene.Completion.UserId, new UserEdit("renamed", "Ada", "King", null, null, null), Precondition.None, at: null, By.Hand, CancellationToken.None);
        Assert.IsType<Outcome<Change<User>>.Done>(outcome);
    }
}
