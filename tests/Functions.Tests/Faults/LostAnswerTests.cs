using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>
/// A change of one award is stored, its answer is lost, and before anyone looks somebody else writes the same row. The change is
/// neither made twice nor taken for refused.
/// </summary>
public sealed class LostAnswerTests
{
    [Fact]
    public async Task An_unassignment_whose_answer_was_lost_leaves_a_later_award_alone()
    {
        await using var world = await World.CreateAsync();
        var (code, user) = await AwardedAsync(world);
        var worker = AnswersLate(world, () => world.StartWorker().PostAsync(code, AwardRequests.Users([user])));

        var answer = await TestAnswer.Of(
            await worker.Get<UnassignAward>().Run(TestRequest.Delete("/api"), code.Value, user.Value, CancellationToken.None));

        Assert.Equal(204, answer.Status);
        Assert.Equal((3, true), await FindAsync(world, code, user));
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task An_edit_whose_answer_was_lost_is_made_once_though_the_user_is_renamed_meanwhile()
    {
        await using var world = await World.CreateAsync();
        var (code, user) = await AwardedAsync(world);
        var worker = AnswersLate(world, () => RenameAsync(world, user));

        var answer = await EditAsync(worker, code, user, "2025-02-03");

        Assert.Equal(200, answer.Status);
        Assert.Equal((2, true), await FindAsync(world, code, user));
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task An_unassignment_whose_answer_was_lost_is_done_though_the_user_is_renamed_meanwhile()
    {
        await using var world = await World.CreateAsync();
        var (code, user) = await AwardedAsync(world);
        var worker = AnswersLate(world, () => RenameAsync(world, user));

        var answer = await TestAnswer.Of(
            await worker.Get<UnassignAward>().Run(TestRequest.Delete("/api"), code.Value, user.Value, CancellationToken.None));

        Assert.Equal(204, answer.Status);
        Assert.Equal((2, false), await FindAsync(world, code, user));
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task An_edit_whose_answer_was_lost_is_made_once_though_somebody_edits_the_award_after_it()
    {
        await using var world = await World.CreateAsync();
        var (code, user) = await AwardedAsync(world);
        var worker = AnswersLate(world, () => EditAsync(world.StartWorker(), code, user, "2025-03-04"));

        var answer = await EditAsync(worker, code, user, "2025-02-03");

        Assert.Equal(200, answer.Status);
        Assert.Equal((3, true), await FindAsync(world, code, user));
        Assert.Empty(await world.CheckAsync());
    }

    /// <summary>What a try has stored must be told by the next one, too.</summary>
    [Fact]
    public async Task An_unassignment_is_done_though_its_answer_is_lost_and_the_look_for_it_fails_as_well()
    {
        await using var world = await World.CreateAsync();
        var (code, user) = await AwardedAsync(world);
        var worker = world.StartWorker();
        string? lost = null;
        string? failed = null;
        worker.Storage.OnCall = async call =>
            await call.IsTransactionOfAsync(StorageNames.Tables.Awards) ? call.Id == (lost ??= call.Id) ? Fault.AnswerLost() : null
            : lost is not null && call.Id == (failed ??= call.Id) ? Fault.Reset()
            : null;

        var answer = await TestAnswer.Of(
            await worker.Get<UnassignAward>().Run(TestRequest.Delete("/api"), code.Value, user.Value, CancellationToken.None));

        Assert.Equal(204, answer.Status);
        Assert.NotNull(failed);
        Assert.Equal((2, false), await FindAsync(world, code, user));
        Assert.Empty(await world.CheckAsync());
    }

    private static async Task<(CertificationCode Code, LmsId User)> AwardedAsync(World world)
    {
        var user = Seed.Ids(1)[0];
        await world.Seed.AddUsersAsync([user]);
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        await world.StartWorker().PostAsync(code, AwardRequests.Users([user]));
        return (code, user);
    }

    /// <summary>A worker whose first transaction is stored; then <paramref name="meanwhile"/> happens, and its answer is lost.</summary>
    private static Worker AnswersLate(World world, Func<Task> meanwhile)
    {
        var left = 1;
        var worker = world.StartWorker();
        worker.Storage.OnCall = async call =>
            await call.IsTransactionOfAsync(StorageNames.Tables.Awards) && Interlocked.Decrement(ref left) == 0
                ? new Fault { After = async () => { await meanwhile(); throw new IOException("Connection reset after it was sent."); } }
                : null;
        return worker;
    }

    private static async Task<TestAnswer> EditAsync(Worker worker, CertificationCode code, LmsId user, string issuedOn) => await TestAnswer.Of(
        await worker.Get<EditAward>().Run(
            TestRequest.Patch("/api", $$"""{ "issuedOn": "{{issuedOn}}", "reason": "trainer" }"""), code.Value, user.Value, CancellationToken.None));

    private static async Task RenameAsync(World world, LmsId user)
    {
        var outcome = await world.StartWorker().Get<UserService>().PutAsync(
            user, new UserEdit("renamed", "Ada", "King", null, null, null), Precondition.None, at: null, By.Hand, CancellationToken.None);
        Assert.IsType<Outcome<Change<User>>.Done>(outcome);
    }

    private static async Task<(int Version, bool Held)> FindAsync(World world, CertificationCode code, LmsId user)
    {
        var stored = await world.StartWorker().Get<IAwardStore>().FindAsync(code, user, CancellationToken.None);
        return (stored!.Award.Version, stored.Award.Held);
    }
}
