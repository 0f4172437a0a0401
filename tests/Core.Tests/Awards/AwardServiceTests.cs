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

        var edited = Done(await EditAsync(new DateOnly(2030, 1, 1), "audit"));

        Assert.Equal((1, new DateOnly(2028, 1, 1)), (edited.Before!.Award.Version, edited.Before.Award.ExpiresOn));
        Assert.Equal((2, new DateOnly(2030, 1, 1)), (edited.Value.Award.Version, edited.Value.Award.ExpiresOn));
        Assert.Equal(("editor", "audit", time.GetUtcNow()), (edited.Value.Award.Change.By, edited.Value.Award.Change.Reason, edited.Value.Award.Change.At));
    }

    [Fact]
    public async Task An_edit_that_says_what_is_so_changes_nothing_unless_somebody_says_why()
    {
        await AwardAsync();

        Assert.False(Done(await EditAsync(new DateOnly(2028, 1, 1), null)).Changed);
        Assert.True(Done(await EditAsync(new DateOnly(2028, 1, 1), "checked")).Changed);
    }

    [Fact]
    public async Task An_unassigned_award_is_not_found_any_more_but_its_versions_are()
    {
        await AwardAsync();

        var unassigned = Done(await service.UnassignAsync(Code, Ada, "left", Precondition.None, "editor", Cancellation));

        Assert.Equal((true, false), (unassigned.Before!.Award.Held, unassigned.Value.Award.Held));
        Assert.Equal("award_not_found", CodeOf(await service.FindAsync(Code, Ada, Cancellation)));
        Assert.Equal("award_not_found", CodeOf(await service.UnassignAsync(Code, Ada, null, Precondition.None, "editor", Cancellation)));
        var versions = Done(await service.ListVersionsAsync(Code, Ada, new PageRequest(50, null), Cancellation)).Items;
        Assert.Equal([(2, AwardChangeType.Revoked), (1, AwardChangeType.Awarded)], versions.Select(award => (award.Version, award.Change.Type)));
    }

    [Fact]
    public async Task What_is_not_as_the_caller_saw_it_is_left_alone()
    {
        await AwardAsync();
        var stale = new Precondition(["7"], true);

        Assert.Equal("version_conflict", CodeOf(await EditAsync(new DateOnly(2030, 1, 1), null, stale)));
        Assert.Equal("version_conflict", CodeOf(await service.UnassignAsync(Code, Ada, null, stale, "editor", Cancellation)));
        Assert.Equal(1, Done(await service.FindAsync(Code, Ada, Cancellation)).Award.Version);
    }

    [Fact]
    public async Task Says_which_of_the_two_is_not_there()
    {
        Assert.Equal("award_not_found", CodeOf(await EditAsync(new DateOnly(2030, 1, 1), null)));
        Assert.Equal("certification_not_found", CodeOf(await service.FindAsync(CertificationCode.Parse("NONE"), Ada, Cancellation)));
    }

    private async Task AwardAsync() =>
        Assert.True(await awards.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(Code, Ada, new DateOnly(2028, 1, 1))), Cancellation));

    private Task<Outcome<Change<ListedAward>>> EditAsync(DateOnly expiresOn, string? reason, Precondition? precondition = null) => service.EditAsync(
        Code, Ada, new AwardEdit(was => was with { ExpiresOn = expiresOn, AlwaysValid = false }, reason), precondition ?? Precondition.None, "editor", Cancellation);

    private static T Done<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Done>(outcome).Value;

    private static string CodeOf<T>(Outcome<T> outcome) => Assert.IsType<Outcome<T>.Rejected>(outcome).Why.Code;
}
