using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CsCheck;

namespace CertFunctions.Core.Tests.Awards;

public sealed class AwardRulesTests
{
    private static readonly LmsId UserId = LmsId.Parse("u-1");

    private static readonly Certification Fire = new()
    {
        Code = CertificationCode.Parse("FIRE-1"),
        Title = "Fire warden",
        CreatedAt = AwardSamples.Now,
        UpdatedAt = AwardSamples.Now,
        Version = 1,
    };

    private static readonly User Ada = new()
    {
        Id = UserId,
        Username = "ada",
        FirstName = "Ada",
        LastName = "Lovelace",
        CreatedAt = AwardSamples.Now,
        UpdatedAt = AwardSamples.Now,
        Version = 1,
    };

    private static readonly Gen<DateOnly> Days = Gen.Int[0, 5].Select(days => AwardSamples.Today.AddDays(days));
    private static readonly Gen<DateOnly?> Expiries = Gen.OneOf(Gen.Const((DateOnly?)null), Gen.Int[6, 10].Select(days => (DateOnly?)AwardSamples.Today.AddDays(days)));

    private static readonly Gen<AwardOrder> Orders =
        Gen.Select(Days, Expiries, Gen.Enum<OnExisting>(), (issued, expires, on) => new AwardOrder(issued, expires, Association.Manual, on, null));

    private static readonly Gen<Award?> Existing = Gen.Select(Days, Expiries, Gen.Bool, Gen.Int[1, 9], Gen.Bool, (issued, expires, held, version, none) =>
        none ? null : AwardSamples.New(Fire.Code, UserId, expires) with { IssuedOn = issued, Held = held, Version = version });

    [Fact]
    public void History_never_runs_backwards_although_a_job_that_waited_is_older_than_what_it_changes()
    {
        var later = AwardSamples.Provenance with { At = AwardSamples.Provenance.At.AddHours(1) };
        var edited = AwardSamples.New(Fire.Code, UserId, new DateOnly(2028, 1, 1)) with { Change = later.Change(AwardChangeType.Updated, null) };
        var order = new AwardOrder(AwardSamples.Today, new DateOnly(2030, 1, 1), Association.Manual, OnExisting.KeepNewest, null);

        var renewed = AwardRules.Decide(order, Fire, UserId, Ada, edited, AwardSamples.Provenance).After!;

        Assert.Equal((later.At, later.At), (renewed.Change.At, renewed.AwardedAt));
        Assert.Equal(later.At, AwardRules.Revoke(edited, null, AwardSamples.Provenance, AwardSamples.Clock).Change.At);
        Assert.Equal(AwardSamples.Provenance, AwardSamples.Provenance.NotBefore(null));
        Assert.Equal(later, later.NotBefore(AwardSamples.New(Fire.Code, UserId)));
    }

    [Fact]
    public void Refuses_an_unknown_user() => Assert.Equal((ChangeOutcome.Failed, "user_not_found"), Summary(Decide(Order(), null, user: null)));

    [Fact]
    public void Refuses_a_deactivated_user() =>
        Assert.Equal((ChangeOutcome.Failed, "user_deactivated"), Summary(Decide(Order(), null, Ada with { Active = false })));

    [Fact]
    public void Refuses_an_archived_certification() => Assert.Equal(
        (ChangeOutcome.Failed, "certification_archived"),
        Summary(AwardRules.Decide(Order(), Fire with { Status = CertificationStatus.Archived }, UserId, Ada, null, AwardSamples.Provenance)));

    [Theory]
    [InlineData("2026-11-24", "2027-01-01", ChangeOutcome.Skipped, "already_held")]
    [InlineData("2026-11-25", "2027-01-01", ChangeOutcome.Renewed, null)]
    [InlineData("2026-11-23", "2027-01-01", ChangeOutcome.Skipped, "newer_award_exists")]
    [InlineData("2026-11-23", "2027-01-02", ChangeOutcome.Renewed, null)]
    [InlineData("2026-11-25", "2026-12-31", ChangeOutcome.Skipped, "newer_award_exists")]
    [InlineData("2026-11-23", null, ChangeOutcome.Renewed, null)]
    public void Keeps_the_newest(string issuedOn, string? expiresOn, ChangeOutcome outcome, string? code)
    {
        var existing = AwardSamples.New(Fire.Code, UserId, new DateOnly(2027, 1, 1)) with { IssuedOn = new DateOnly(2026, 11, 24) };
        var order = Order(CalendarDate.Parse(issuedOn), expiresOn is null ? null : CalendarDate.Parse(expiresOn));

        Assert.Equal((outcome, code), Summary(Decide(order, existing)));
    }

    [Theory]
    [InlineData(null, ChangeOutcome.Skipped, "already_held")]
    [InlineData("2099-01-01", ChangeOutcome.Skipped, "newer_award_exists")]
    public void Keeps_an_award_that_is_always_valid(string? expiresOn, ChangeOutcome outcome, string code) => Assert.Equal(
        (outcome, code),
        Summary(Decide(Order(new DateOnly(2027, 1, 1), expiresOn is null ? null : CalendarDate.Parse(expiresOn)), AwardSamples.New(Fire.Code, UserId))));

    [Fact]
    public void An_unassigned_award_is_awarded_anew_whatever_it_was()
    {
        var tombstone = AwardSamples.New(Fire.Code, UserId) with { Held = false, Version = 4 };

        var decision = Decide(Order() with { OnExisting = OnExisting.Skip }, tombstone);

        Assert.Equal((ChangeOutcome.Awarded, 5), (decision.Outcome, decision.After!.Version));
    }

    [Fact]
    public void Overwrites_with_a_shorter_award_when_told_so() => Assert.Equal(
        ChangeOutcome.Updated,
        Decide(Order(AwardSamples.Today, AwardSamples.Today) with { OnExisting = OnExisting.Overwrite }, AwardSamples.New(Fire.Code, UserId)).Outcome);

    [Fact]
    public void Leaves_what_is_held_when_told_to_skip() => Assert.Equal(
        (ChangeOutcome.Skipped, "already_held"),
        Summary(Decide(Order() with { OnExisting = OnExisting.Skip }, AwardSamples.New(Fire.Code, UserId, AwardSamples.Today))));

    [Fact]
    public void Deciding_again_on_what_was_decided_changes_nothing() => Gen.Select(Orders, Existing).Sample((order, existing) =>
        order.OnExisting == OnExisting.Overwrite
        || Decide(order, Decide(order, existing).After ?? existing) is { Outcome: ChangeOutcome.Skipped, After: null });

    [Fact]
    public void Keep_newest_never_shortens_an_expiry() => Gen.Select(Orders, Existing).Sample((order, existing) =>
        Decide(order with { OnExisting = OnExisting.KeepNewest }, existing).After is not { } after
        || existing is not { Held: true }
        || (after.ExpiresOn ?? DateOnly.MaxValue) >= (existing.ExpiresOn ?? DateOnly.MaxValue));

    [Fact]
    public void Keep_newest_ends_the_same_in_either_order() => Gen.Select(Orders, Orders, Existing).Sample((first, second, existing) =>
        DatesAfter(existing, first, second) == DatesAfter(existing, second, first));

    [Fact]
    public void A_write_is_always_the_next_version() => Gen.Select(Orders, Existing).Sample((order, existing) =>
        Decide(order, existing).After is not { } after || after.Version == (existing?.Version ?? 0) + 1);

    /// <summary>An award that is always valid keeps the issue date it came with: two of them are the same award.</summary>
    private static (DateOnly? IssuedOn, DateOnly? ExpiresOn) DatesAfter(Award? existing, params ReadOnlySpan<AwardOrder> orders)
    {
        var held = existing;
        foreach (var order in orders)
        {
            held = Decide(order with { OnExisting = OnExisting.KeepNewest }, held).After ?? held;
        }

        return (held!.AlwaysValid ? null : held.IssuedOn, held.ExpiresOn);
    }

    private static AwardOrder Order(DateOnly? issuedOn = null, DateOnly? expiresOn = null) =>
        new(issuedOn ?? AwardSamples.Today, expiresOn, Association.Manual, OnExisting.KeepNewest, null);

    private static Decision Decide(AwardOrder order, Award? existing) => Decide(order, existing, Ada);

    private static Decision Decide(AwardOrder order, Award? existing, User? user) =>
        AwardRules.Decide(order, Fire, UserId, user, existing, AwardSamples.Provenance);

    private static (ChangeOutcome Outcome, string? Code) Summary(Decision decision) => (decision.Outcome, decision.Code);
}
