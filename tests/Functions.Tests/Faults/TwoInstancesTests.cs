using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Awards;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>What one instance remembers is never what it decides by: another may have changed it a moment ago.</summary>
public sealed class TwoInstancesTests
{
    [Fact]
    public async Task An_award_is_edited_by_the_certification_as_another_instance_has_just_left_it()
    {
        await using var world = await World.CreateAsync();
        var user = Seed.Ids(1)[0];
        await world.Seed.AddUsersAsync([user]);
        var code = await world.Seed.AddCertificationAsync("FIRE-1", fire => fire with { Validity = Years(1) });
        var one = world.StartWorker();
        await one.PostAsync(code, AwardRequests.Users([user]));
        Assert.IsType<Outcome<ListedAward>.Done>(await one.Get<AwardService>().FindAsync(code, user, CancellationToken.None));
        await world.StartWorker().Get<CertificationService>().EditAsync(
            code, fire => fire with { Validity = Years(3) }, Precondition.None, By.Hand, CancellationToken.None);

        var answer = await PatchAsync(one, code, user, """{ "expiresOn": null }""");

        Assert.Equal("2029-11-24", answer.Json.GetProperty("expiresOn").GetString());
    }

    private static Validity Years(int years) =>
        Validity.TryCreate(years, ValidityUnit.Years, out var validity) ? validity : throw new ArgumentOutOfRangeException(nameof(years));

    private static async Task<TestAnswer> PatchAsync(Worker worker, CertificationCode code, LmsId user, string body) => await TestAnswer.Of(
        await worker.Get<EditAward>().Run(TestRequest.Patch("/api", body), code.Value, user.Value, CancellationToken.None));
}
