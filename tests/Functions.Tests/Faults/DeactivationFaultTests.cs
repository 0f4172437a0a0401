using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Directory;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>A user is deactivated, and what shows it on the user's awards is cut short anywhere.</summary>
public sealed class DeactivationFaultTests
{
    private static readonly LmsId User = Seed.Ids(1)[0];

    [Fact]
    public async Task A_crash_at_any_request_of_a_deactivation_is_made_good_by_its_repetition() => await PlayAllAsync(async world =>
    {
        await DeactivateAsync(world.StartWorker());
        return await ShownAsync(world) is [false, false, false] ? [] : ["The awards show the user as active"];
    });

    /// <summary>Where the crash was before the user was stored, there is nothing to make good: the checker compares awards with the user.</summary>
    [Fact]
    public async Task A_crash_at_any_request_of_a_deactivation_is_made_good_by_the_timer() => await PlayAllAsync(async world =>
    {
        world.Time.Advance(UserFollowUpService.Abandoned + TimeSpan.FromSeconds(1));
        await world.StartWorker().Get<RepairUsers>().Run(new TimerInfo(), CancellationToken.None);
        return (await ShownAsync(world)).Distinct().Count() == 1 ? [] : ["The awards differ in how they show the user"];
    });

    private static async Task PlayAllAsync(Func<World, Task<IReadOnlyList<string>>> mend)
    {
        await using var world = await SetAsync();
        var worker = world.StartWorker();
        await DeactivateAsync(worker);
        await CrashStep.PlayAllAsync(worker.Storage.Calls.Count, async step =>
        {
            await using var own = await SetAsync();
            await step.DieAsync(own, DeactivateAsync);
            return [.. await mend(own), .. await own.CheckAsync()];
        }, stride: 3);
    }

    private static Task DeactivateAsync(Worker worker) =>
        worker.Get<UserService>().DeactivateAsync(User, Precondition.None, By.Hand, CancellationToken.None);

    /// <summary>Of an award that expires, of one that does not, and of one that was unassigned.</summary>
    private static async Task<IReadOnlyList<bool>> ShownAsync(World world)
    {
        var awards = world.StartWorker().Get<IAwardStore>();
        var found = await Task.WhenAll(Codes.Select(code => awards.FindAsync(code, User, CancellationToken.None)));
        return [.. found.Select(stored => stored!.User.Active)];
    }

    private static IReadOnlyList<CertificationCode> Codes { get; } = [.. new[] { "FIRE-1", "FIRE-2", "FIRE-3" }.Select(CertificationCode.Parse)];

    private static async Task<World> SetAsync()
    {
        var world = await World.CreateAsync();
        await world.Seed.AddUsersAsync([User]);
        var awards = world.StartWorker().Get<IAwardStore>();
        var shown = (await world.StartWorker().Get<IUserStore>().FindAsync(User, CancellationToken.None))!.Shown;
        foreach (var code in Codes)
        {
            await world.Seed.AddCertificationAsync(code.Value);
            await awards.TryWriteAsync(
                AwardSamples.WriteOf(AwardSamples.New(code, User, code == Codes[0] ? new DateOnly(2027, 1, 31) : null), shown), CancellationToken.None);
        }

        var gone = await awards.FindAsync(Codes[2], User, CancellationToken.None);
        await awards.TryWriteAsync(AwardSamples.Revocation(gone!), CancellationToken.None);
        return world;
    }
}
