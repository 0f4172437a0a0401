using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>A completion that somebody enters: nothing repeats it after a crash.</summary>
public sealed class CompletionByHandTests
{
    private static readonly LmsId Training = LmsId.Parse("EXT-9");

    [Fact]
    public async Task Whoever_is_renamed_while_the_worker_dies_behind_the_award_is_shown_under_the_new_name_by_the_timer()
    {
        await using var world = await World.CreateAsync();
        var (code, user) = await SetAsync(world);
        var gate = new Gate();
        var doomed = world.StartWorker();
        doomed.Storage.OnCall = async call => await call.IsTransactionOfAsync(StorageNames.Tables.Awards)
            ? new Fault { Before = gate.PassAsync, After = () => throw new CrashException("after the award was stored") }
            : null;
        var completing = CompleteAsync(doomed, user);
        await gate.Reached;
        await world.StartWorker().Get<UserService>().PutAsync(
            user, new UserEdit("renamed", "Ada", "King", null, null, null), Precondition.None, at: null, By.Hand, CancellationToken.None);
        gate.Open();
        await Assert.ThrowsAsync<CrashException>(() => completing);

        world.Time.Advance(UserFollowUpService.Abandoned + TimeSpan.FromSeconds(1));
        await world.StartWorker().Get<RepairUsers>().Run(new TimerInfo(), CancellationToken.None);

        var award = await world.StartWorker().Get<IAwardStore>().FindAsync(code, user, CancellationToken.None);
        Assert.Equal(("renamed", true), (award!.User.Username, award.Award.Held));
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task One_that_is_done_leaves_nothing_to_look_after()
    {
        await using var world = await World.CreateAsync();
        var (_, user) = await SetAsync(world);
        var worker = world.StartWorker();

        Assert.Single(Assert.IsType<Outcome<IReadOnlyList<CompletionResult>>.Done>(await CompleteAsync(worker, user)).Value);

        Assert.Empty(await worker.Get<IUserFollowUps>().ReadAsync(Shard.Of(user), [user], CancellationToken.None));
    }

    private static async Task<(CertificationCode Code, LmsId User)> SetAsync(World world)
    {
        var user = Seed.Ids(1)[0];
        await world.Seed.AddUsersAsync([user]);
        await world.StartWorker().Get<ExternalTrainingService>().PutAsync(Training, "Rescue", null, Precondition.None, By.Hand, CancellationToken.None);
        var code = await world.Seed.AddCertificationAsync(
            "ROPES", ropes => ropes with { Activities = [new Activity(ActivityType.ExternalTraining, Training)] });
        return (code, user);
    }

    private static Task<Outcome<IReadOnlyList<CompletionResult>>> CompleteAsync(Worker worker, LmsId user) =>
        worker.Get<ExternalCompletionService>().CompleteAsync(Training, user, new DateOnly(2026, 11, 20), "ada", CancellationToken.None);
}
