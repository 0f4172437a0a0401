using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Core.Tests.Completions;

public sealed class CompletionServiceTests
{
    private static readonly Activity Course = new(ActivityType.Course, Sample.Id("C-101"));
    private static readonly Provenance Provenance = AwardSamples.Provenance with { Origin = new Origin(MessageId: "m-1", Event: "e") };

    private readonly FakeUserStore users = new();
    private readonly FakeCertificationStore certifications = new();
    private readonly FakeAwardStore awards;
    private readonly FakeCompletionStore completions;
    private readonly CompletionService service;

    public CompletionServiceTests()
    {
        awards = new FakeAwardStore(TimeProvider.System, users);
        completions = new FakeCompletionStore(awards);
        service = new CompletionService(users, completions, certifications, awards, new UserFollower(users, awards));
        users.Add(Sample.User("u-1"));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Awards_every_active_certification_that_lists_the_activity()
    {
        certifications.Add(
            Listing("b"), Listing("A"), Listing("c") with { Status = CertificationStatus.Archived }, Sample.Certification("d"));

        var results = await ApplyAsync();

        Assert.Equal(
            [("A", ChangeOutcome.Awarded, 1), ("b", ChangeOutcome.Awarded, 1)],
            results.Select(result => (result.CertificationCode.Value, result.Outcome, result.Version)));
        var award = await FindAsync("A");
        Assert.Equal((AwardSamples.Today, Provenance.Origin, "u-1"), (award!.Award.IssuedOn, award.Award.Change.Origin, award.User.Username));
        Assert.Null(await FindAsync("c"));
        Assert.Null(await FindAsync("d"));
    }

    [Fact]
    public async Task Keeps_a_completion_that_no_certification_lists()
    {
        Assert.Empty(await ApplyAsync());

        Assert.Equal([Completed()], completions.Kept);
    }

    [Fact]
    public async Task Keeps_nothing_of_an_unknown_user()
    {
        certifications.Add(Listing("a"));

        var why = await RefusedAsync(Completed("u-2"));

        Assert.Equal((RejectionKind.NotFound, "user_not_found"), (why.Kind, why.Code));
        Assert.Empty(completions.Kept);
    }

    [Fact]
    public async Task Keeps_what_a_deactivated_user_completed_and_awards_nothing()
    {
        certifications.Add(Listing("a"));
        users.Add(Sample.User("u-2") with { Active = false });

        var why = await RefusedAsync(Completed("u-2"));

        Assert.Equal((RejectionKind.Conflict, "user_deactivated"), (why.Kind, why.Code));
        Assert.Equal([Completed("u-2")], completions.Kept);
        Assert.Null(await awards.FindAsync(CertificationCode.Parse("a"), Sample.Id("u-2"), Cancellation));
    }

    [Fact]
    public async Task A_second_message_awards_nothing_also_after_the_award_was_unassigned()
    {
        certifications.Add(Listing("a"));
        await ApplyAsync();
        await awards.TryWriteAsync(AwardSamples.Revocation((await FindAsync("a"))!), Cancellation);

        var again = Assert.Single(await ApplyAsync());

        Assert.Equal((ChangeOutcome.Skipped, "already_done", null), (again.Outcome, again.Code, again.Version));
        Assert.Equal((2, false), ((await FindAsync("a"))!.Award.Version, (await FindAsync("a"))!.Award.Held));
    }

    [Fact]
    public async Task A_second_message_awards_nothing_also_where_the_first_changed_nothing()
    {
        certifications.Add(Listing("a"));
        var held = AwardSamples.New(CertificationCode.Parse("a"), Sample.Id("u-1"));
        await awards.TryWriteAsync(AwardSamples.WriteOf(held), Cancellation);
        Assert.Equal("already_held", Assert.Single(await ApplyAsync()).Code);
        await awards.TryWriteAsync(AwardSamples.Revocation((await FindAsync("a"))!), Cancellation);

        Assert.Equal("already_done", Assert.Single(await ApplyAsync()).Code);
    }

    [Fact]
    public async Task A_certification_that_lists_the_activity_later_gets_its_own_award()
    {
        certifications.Add(Listing("a"));
        await ApplyAsync();
        certifications.Add(Listing("b"));

        Assert.Equal(
            [("a", "already_done"), ("b", null)], (await ApplyAsync()).Select(result => (result.CertificationCode.Value, result.Code)));
    }

    [Fact]
    public async Task One_that_cannot_be_awarded_does_not_stop_the_others_and_is_told()
    {
        Assert.True(Validity.TryCreate(1, ValidityUnit.Days, out var validity));
        certifications.Add(Listing("a") with { Validity = validity }, Listing("b"));

        var why = await RefusedAsync(Completed() with { CompletedOn = DateOnly.MaxValue });

        Assert.Equal((RejectionKind.Invalid, "expiry_out_of_range"), (why.Kind, why.Code));
        Assert.Equal("completedOn cannot award a: The validity of the certification would end beyond 9999-12-31.", why.Detail);
        Assert.Null(await FindAsync("a"));
        Assert.NotNull(await FindAsync("b"));
    }

    [Fact]
    public async Task An_award_whose_user_was_renamed_before_a_crash_shows_the_new_name()
    {
        certifications.Add(Listing("a"));
        await ApplyAsync();
        users.Add(Sample.User("u-1", "renamed"));

        await ApplyAsync();

        Assert.Equal("renamed", (await FindAsync("a"))!.User.Username);
    }

    private static Certification Listing(string code) => Sample.Certification(code) with { Activities = [Course] };

    private static Completion Completed(string userId = "u-1") => new(Sample.Id(userId), Course, "Fire", AwardSamples.Today);

    private Task<StoredAward?> FindAsync(string code) => awards.FindAsync(CertificationCode.Parse(code), Sample.Id("u-1"), Cancellation);

    private async Task<IReadOnlyList<CompletionResult>> ApplyAsync() =>
        Assert.IsType<Outcome<IReadOnlyList<CompletionResult>>.Done>(await service.ApplyAsync(Completed(), Provenance, Cancellation)).Value;

    private async Task<Rejection> RefusedAsync(Completion completion) =>
        Assert.IsType<Outcome<IReadOnlyList<CompletionResult>>.Rejected>(await service.ApplyAsync(completion, Provenance, Cancellation)).Why;
}
