using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Testing;

namespace CertFunctions.Core.Tests.Completions;

public sealed class CompletionRulesTests
{
    private static readonly Activity Course = new(ActivityType.Course, Sample.Id("C-101"));
    private static readonly User Ada = Sample.User("u-1");
    private static readonly Certification Fire = Sample.Certification("FIRE-1") with { Validity = ValidFor(24, ValidityUnit.Months), RenewalWindowDays = 90 };
    private static readonly Certification FromExpiry = Fire with { Renewal = RenewalRule.FromExpiry };

    [Fact]
    public void Issues_on_the_day_of_completion_with_its_activity_and_the_origin()
    {
        var provenance = AwardSamples.Provenance with { Origin = new Origin(MessageId: "m-1", Event: "course.enrollment.completed") };

        var (decision, used) = CompletionRules.Decide([Completed("2026-11-24")], Fire, Ada.Id, Ada, null, provenance);

        Assert.Equal(ChangeOutcome.Awarded, decision.Outcome);
        Assert.Equal((Date("2026-11-24"), Date("2028-11-24"), 1), (decision.After!.IssuedOn, decision.After.ExpiresOn, decision.After.Version));
        Assert.Equal(
            new Association(AssociationType.Completion, ActivityType.Course, Course.Id, "Fire"), decision.After.Association);
        Assert.Equal(provenance.Origin, decision.After.Change.Origin);
        Assert.Equal([Completed("2026-11-24")], used);
    }

    [Theory]
    [InlineData(ActivityType.Course, AssociationType.Completion, ActivityType.Course)]
    [InlineData(ActivityType.LearningPlan, AssociationType.Completion, ActivityType.LearningPlan)]
    [InlineData(ActivityType.ExternalTraining, AssociationType.ExternalTraining, null)]
    public void Names_what_was_completed(ActivityType activity, AssociationType type, ActivityType? activityType) => Assert.Equal(
        new Association(type, activityType, Course.Id, null),
        CompletionRules.AssociationOf(new Completion(Ada.Id, Course with { Type = activity }, null, AwardSamples.Today)));

    [Theory]
    [InlineData("2026-11-24", 1, ValidityUnit.Days, "2026-11-25")]
    [InlineData("2024-02-29", 1, ValidityUnit.Years, "2025-02-28")]
    [InlineData("2024-02-29", 4, ValidityUnit.Years, "2028-02-29")]
    [InlineData("2027-01-31", 1, ValidityUnit.Months, "2027-02-28")]
    [InlineData("2028-01-31", 1, ValidityUnit.Months, "2028-02-29")]
    [InlineData("9999-12-30", 1, ValidityUnit.Days, "9999-12-31")]
    [InlineData("9998-12-31", 12, ValidityUnit.Months, "9999-12-31")]
    [InlineData("1900-01-01", 100, ValidityUnit.Years, "2000-01-01")]
    public void Counts_the_validity_from_completion(string completedOn, int value, ValidityUnit unit, string expiresOn) => Assert.Equal(
        Date(expiresOn), Decide(Fire with { Validity = ValidFor(value, unit) }, null, Completed(completedOn)).After!.ExpiresOn);

    [Fact]
    public void Without_a_validity_it_is_always_valid() =>
        Assert.True(Decide(FromExpiry with { Validity = null }, Held("2027-01-31"), Completed("2027-01-31")).After!.AlwaysValid);

    [Theory]
    [InlineData("9999-12-31", 1, ValidityUnit.Days)]
    [InlineData("9998-01-01", 24, ValidityUnit.Months)]
    public void An_expiry_after_the_last_day_is_refused_and_leaves_the_completion_unused(string completedOn, int value, ValidityUnit unit)
    {
        var (decision, used) = CompletionRules.Decide(
            [Completed(completedOn)], Fire with { Validity = ValidFor(value, unit) }, Ada.Id, Ada, null, AwardSamples.Provenance);

        Assert.Equal((ChangeOutcome.Failed, "expiry_out_of_range"), (decision.Outcome, decision.Code));
        Assert.Empty(used);
    }

    [Fact]
    public void A_renewal_from_an_expiry_near_the_last_day_is_refused_too() => Assert.Equal(
        "expiry_out_of_range", Decide(FromExpiry, Held("9999-12-31"), Completed("9999-10-31")).Code);

    /// <summary>Held until 2027-01-31 with a window of 90 days: from 2026-11-02.</summary>
    [Theory]
    [InlineData("2026-11-01", "2028-11-01")]
    [InlineData("2026-11-02", "2029-01-31")]
    [InlineData("2026-11-03", "2029-01-31")]
    [InlineData("2027-01-30", "2029-01-31")]
    [InlineData("2027-01-31", "2029-01-31")]
    [InlineData("2027-02-01", "2029-02-01")]
    public void Counts_from_the_old_expiry_inside_the_window_alone(string completedOn, string expiresOn)
    {
        var after = Decide(FromExpiry, Held("2027-01-31"), Completed(completedOn)).After!;

        Assert.Equal((Date(completedOn), Date(expiresOn)), (after.IssuedOn, after.ExpiresOn));
        Assert.Equal(AwardChangeType.Renewed, after.Change.Type);
    }

    [Theory]
    [InlineData("2027-01-30", "2029-01-30")]
    [InlineData("2027-01-31", "2029-01-31")]
    [InlineData("2027-02-01", "2029-02-01")]
    public void Nothing_is_inside_a_window_of_0_days(string completedOn, string expiresOn) => Assert.Equal(
        Date(expiresOn), Decide(FromExpiry with { RenewalWindowDays = 0 }, Held("2027-01-31"), Completed(completedOn)).After!.ExpiresOn);

    [Theory]
    [InlineData("2027-01-30", "2029-01-30")]
    [InlineData("2027-01-31", "2029-01-31")]
    public void Counts_from_completion_where_the_certification_says_so(string completedOn, string expiresOn) =>
        Assert.Equal(Date(expiresOn), Decide(Fire, Held("2027-01-31"), Completed(completedOn)).After!.ExpiresOn);

    [Fact]
    public void The_window_reaches_over_a_leap_day_and_the_old_expiry_is_clamped_to_its_month()
    {
        var yearly = FromExpiry with { Validity = ValidFor(1, ValidityUnit.Years), RenewalWindowDays = 30 };

        Assert.Equal(Date("2029-02-28"), Decide(yearly, Held("2028-02-29"), Completed("2028-01-30")).After!.ExpiresOn);
        Assert.Equal(Date("2029-01-29"), Decide(yearly, Held("2028-02-29"), Completed("2028-01-29")).After!.ExpiresOn);
    }

    [Fact]
    public void An_award_that_was_unassigned_is_not_renewed_but_awarded_anew()
    {
        var after = Decide(FromExpiry, Held("2027-01-31") with { Held = false, Version = 4 }, Completed("2027-01-31")).After!;

        Assert.Equal((5, AwardChangeType.Awarded, Date("2029-01-31")), (after.Version, after.Change.Type, after.ExpiresOn));
    }

    [Fact]
    public void An_older_completion_is_used_up_and_changes_nothing()
    {
        var (decision, used) = CompletionRules.Decide([Completed("2024-06-01")], Fire, Ada.Id, Ada, Held("2027-01-31"), AwardSamples.Provenance);

        Assert.Equal((ChangeOutcome.Skipped, "newer_award_exists", null), (decision.Outcome, decision.Code, decision.After));
        Assert.Single(used);
    }

    [Theory]
    [InlineData(false, true, false, "user_not_found")]
    [InlineData(true, false, false, "user_deactivated")]
    [InlineData(true, true, true, "certification_archived")]
    public void Whoever_cannot_be_awarded_uses_nothing_up(bool exists, bool active, bool archived, string code)
    {
        var certification = Fire with { Status = archived ? CertificationStatus.Archived : CertificationStatus.Active };

        var (decision, used) = CompletionRules.Decide(
            [Completed("9999-12-31")], certification, Ada.Id, exists ? Ada with { Active = active } : null, null, AwardSamples.Provenance);

        Assert.Equal((ChangeOutcome.Failed, code), (decision.Outcome, decision.Code));
        Assert.Empty(used);
    }

    [Fact]
    public void Several_completions_make_one_version_as_the_last_of_them_leaves_it()
    {
        var (decision, used) = CompletionRules.Decide(
            [Completed("2022-01-01"), Completed("2023-12-31"), Completed("2025-06-30")], FromExpiry, Ada.Id, Ada, null, AwardSamples.Provenance);

        Assert.Equal((ChangeOutcome.Awarded, AwardChangeType.Awarded, 1), (decision.Outcome, decision.After!.Change.Type, decision.After.Version));
        Assert.Equal((Date("2025-06-30"), Date("2027-06-30")), (decision.After.IssuedOn, decision.After.ExpiresOn));
        Assert.Equal(3, used.Count);
    }

    [Fact]
    public void Each_of_several_completions_renews_what_the_one_before_it_left() => Assert.Equal(
        Date("2028-01-01"),
        Decide(FromExpiry, null, Completed("2022-01-01"), Completed("2023-12-31"), Completed("2025-12-31")).After!.ExpiresOn);

    [Fact]
    public void One_that_fails_does_not_stop_the_others()
    {
        var (decision, used) = CompletionRules.Decide(
            [Completed("2026-01-01"), Completed("9999-12-31")], Fire, Ada.Id, Ada, null, AwardSamples.Provenance);

        Assert.Equal((ChangeOutcome.Awarded, Date("2028-01-01")), (decision.Outcome, decision.After!.ExpiresOn));
        Assert.Equal([Completed("2026-01-01")], used);
    }

    [Fact]
    public void Where_nothing_changes_a_skip_says_more_than_a_failure()
    {
        var (old, beyond) = (Completed("2024-06-01"), Completed("9999-12-31"));

        Assert.Equal("newer_award_exists", Decide(Fire, Held("2027-01-31"), old, beyond).Code);
        Assert.Equal("newer_award_exists", Decide(Fire, Held("2027-01-31"), beyond, old).Code);
        Assert.Equal("expiry_out_of_range", Decide(Fire, Held("2027-01-31"), beyond, beyond).Code);
    }

    private static Decision Decide(Certification certification, Award? existing, params IReadOnlyList<Completion> completions) =>
        CompletionRules.Decide(completions, certification, Ada.Id, Ada, existing, AwardSamples.Provenance).Decision;

    private static Award Held(string expiresOn) => AwardSamples.New(Fire.Code, Ada.Id, Date(expiresOn)) with { IssuedOn = Date("2025-01-31") };

    private static Completion Completed(string on) => new(Ada.Id, Course, "Fire", Date(on));

    private static DateOnly Date(string date) => CalendarDate.Parse(date);

    private static Validity ValidFor(int value, ValidityUnit unit)
    {
        Assert.True(Validity.TryCreate(value, unit, out var validity));
        return validity;
    }
}
