using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Awards;

public sealed class AwardServiceTests
{
    private static readonly CertificationCode Code = CertificationCode.Parse("FIRE-1");
    private static readonly LmsId Ada = Sample.Id("u-1");

    private readonly FakeTimeProvider time = new(AwardSamples.Now.AddDays(1));
    private readonly FakeAwardStore awards = new();
    private readonly AwardService service;

    public AwardServiceTests()
    {
        var certifications = new FakeCertificationStore();
        certifications.Add(Sample.Certification("FIRE-1"));
        service = new AwardService(
            awards, awards, new CertificationCatalog(certifications, time), certifications, new AssociationRules(new FakeExternalTrainingStore()),
            new OrganisationClock(time, TimeZoneInfo.Utc));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_edit_tells_what_was_and_what_is()
    {
        await AwardAsync();

        var edited = (await EditAsync(new DateOnly(2030, 1, 1), "audit")).Value();

        Assert.Equal((1, new DateOnly(2028, 1, 1)), (edited.Before!.Award.Version, edited.Before.Award.ExpiresOn));
        Assert.Equal((2, new DateOnly(2030, 1, 1)), (edited.Value.Award.Version, edited.Value.Award.ExpiresOn));
        Assert.Equal(("editor", "audit", time.GetUtcNow()), (edited.Value.Award.Change.By, edited.Value.Award.Change.Reason, edited.Value.Award.Change.At));
    }

    [Fact]
    public async Task An_edit_that_says_what_is_so_changes_nothing_unless_somebody_says_why()
    {
        await AwardAsync();

        Assert.False((await EditAsync(new DateOnly(2028, 1, 1), null)).Value().Changed);
        Assert.True((await EditAsync(new DateOnly(2028, 1, 1), "checked")).Value().Changed);
    }

    [Fact]
    public async Task An_unassigned_award_is_not_found_any_more_but_its_versions_are()
    {
        await AwardAsync();

        var unassigned = (await service.UnassignAsync(Code, Ada, "left", Precondition.None, "editor", Cancellation)).Value();

        Assert.Equal((true, false), (unassigned.Before!.Award.Held, unassigned.Value.Award.Held));
        Assert.Equal("award_not_found", (await service.FindAsync(Code, Ada, Cancellation)).Code());
        Assert.Equal("award_not_found", (await service.UnassignAsync(Code, Ada, null, Precondition.None, "editor", Cancellation)).Code());
        var versions = (await service.ListVersionsAsync(Code, Ada, new PageRequest(50, null), Cancellation)).Value().Items;
        Assert.Equal([(2, AwardChangeType.Revoked), (1, AwardChangeType.Awarded)], versions.Select(award => (award.Version, award.Change.Type)));
    }

    [Fact]
    public async Task What_is_not_as_the_caller_saw_it_is_left_alone()
    {
        await AwardAsync();
        var stale = new Precondition(["7"], true);

        Assert.Equal("version_conflict", (await EditAsync(new DateOnly(2030, 1, 1), null, stale)).Code());
        Assert.Equal("version_conflict", (await service.UnassignAsync(Code, Ada, null, stale, "editor", Cancellation)).Code());
        Assert.Equal(1, (await service.FindAsync(Code, Ada, Cancellation)).Value().Award.Version);
    }

    [Fact]
    public async Task Says_which_of_the_two_is_not_there()
    {
        Assert.Equal("award_not_found", (await EditAsync(new DateOnly(2030, 1, 1), null)).Code());
        Assert.Equal("certification_not_found", (await service.FindAsync(CertificationCode.Parse("NONE"), Ada, Cancellation)).Code());
    }

    private async Task AwardAsync() =>
        Assert.True(await awards.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(Code, Ada, new DateOnly(2028, 1, 1))), Cancellation));

    private Task<Outcome<Change<ListedAward>>> EditAsync(DateOnly expiresOn, string? reason, Precondition? precondition = null) => service.EditAsync(
        Code, Ada, new AwardEdit(was => was with { ExpiresOn = expiresOn, AlwaysValid = false }, reason), precondition ?? Precondition.None, "editor", Cancellation);
}
