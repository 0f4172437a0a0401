using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Awards;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>An award of 24 November is unassigned on the 27th, whatever happens on the way.</summary>
public sealed class PastAwardFaultTests
{
    private static readonly DateOnly Issued = new(2026, 11, 24);
    private static readonly DateOnly Ended = new(2026, 11, 27);

    [Fact]
    public async Task A_crash_at_any_request_of_an_unassignment_leaves_its_day_known_or_the_award_held() => await CrashStep.PlayAllAsync(
        await CountCallsAsync(),
        async step =>
        {
            await using var world = await World.CreateAsync();
            var (code, user) = await AwardedAsync(world);
            await step.DieAsync(world, worker => UnassignAsync(worker, code, user));
            var survivor = world.StartWorker();
            var atRest = await HoldersOnAsync(survivor, code, Ended.AddDays(-1));
            var status = await UnassignAsync(survivor, code, user);
            int[] holders =
            [
                atRest, await HoldersOnAsync(survivor, code, Issued.AddDays(-1)), await HoldersOnAsync(survivor, code, Issued),
                await HoldersOnAsync(survivor, code, Ended.AddDays(-1)), await HoldersOnAsync(survivor, code, Ended),
            ];
            await survivor.PostAsync(code, AwardRequests.Users([user]));
            return
            [
                .. status is 204 or 404 ? [] : new[] { $"It was answered {status}" },
                .. holders is [1, 0, 1, 1, 0] ? [] : new[] { $"As of the days it was held by {string.Join(' ', holders)}" },
                .. (await world.CheckAsync()),
            ];
        });

    private static async Task<int> CountCallsAsync()
    {
        await using var world = await World.CreateAsync();
        var (code, user) = await AwardedAsync(world);
        var worker = world.StartWorker();
        Assert.Equal(204, await UnassignAsync(worker, code, user));
        return worker.Storage.Calls.Count;
    }

    private static async Task<(CertificationCode Code, LmsId User)> AwardedAsync(World world)
    {
        var user = Seed.Ids(1)[0];
        await world.Seed.AddUsersAsync([user]);
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        await world.StartWorker().PostAsync(code, AwardRequests.Users([user]));
        world.Time.Advance(TimeSpan.FromDays(3));
        return (code, user);
    }

    private static async Task<int> UnassignAsync(Worker worker, CertificationCode code, LmsId user) => (await TestAnswer.Of(
        await worker.Get<UnassignAward>().Run(TestRequest.Delete("/api"), code.Value, user.Value, CancellationToken.None))).Status;

    private static async Task<int> HoldersOnAsync(Worker worker, CertificationCode code, DateOnly day) => (await worker.Get<IPastAwardStore>().ListAsync(
        new PastHolderList(code, day, ExpiryRange.All), new PageRequest(50, null), CancellationToken.None)).Items.Count;
}
