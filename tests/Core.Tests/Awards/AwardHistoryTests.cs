using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CsCheck;

namespace CertFunctions.Core.Tests.Awards;

/// <summary>Day 0 is the first of the year 2024; on that day the clock of each test stands, and goes on with each change.</summary>
public sealed class AwardHistoryTests
{
    private static readonly DateOnly First = new(2024, 1, 1);
    private static readonly Certification Fire = Sample.Certification("FIRE-1");
    private static readonly User Ada = Sample.User("u-1");

    private static readonly Gen<Change> Changes = Gen.Select(Gen.Enum<Kind>(), Gen.Int[-40, 40], Gen.Int[0, 40], Gen.Int[0, 10], Gen.Int[1, 3], (kind, issued, lasts, after, undone) =>
        new Change(kind, issued, lasts, after, undone));

    private static readonly Gen<Story> Stories = Changes.List[1, 12].Select(changes => changes.Aggregate(new Story([], 0), (story, change) => story.With(change)));

    private enum Kind
    {
        Award,
        Overwrite,
        Unassign,
        Undo,
    }

    [Theory]
    [InlineData(-1, null)]
    [InlineData(0, 1)]
    [InlineData(99, 1)]
    [InlineData(100, 2)]
    [InlineData(199, 2)]
    [InlineData(200, null)]
    [InlineData(299, null)]
    [InlineData(300, 4)]
    public void Is_held_from_its_issue_until_the_day_before_it_is_renewed_or_unassigned(int day, int? version) =>
        Assert.Equal(version, HeldOn(day, Awarded(1, 0), Renewed(2, 100), Unassigned(3, 200), Awarded(4, 300)));

    [Theory]
    [InlineData(9, null)]
    [InlineData(10, 1)]
    [InlineData(149, 1)]
    [InlineData(150, 4)]
    public void An_edit_corrects_the_past_of_the_version_that_it_changed_and_of_no_other(int day, int? version) =>
        Assert.Equal(version, HeldOn(day, Awarded(1, 10), Renewed(2, 100), Edited(3, 5), Edited(4, 150)));

    [Theory]
    [InlineData(40, 1)]
    [InlineData(50, null)]
    [InlineData(70, null)]
    [InlineData(100, null)]
    public void What_was_to_begin_after_the_award_was_taken_away_never_did(int day, int? version) =>
        Assert.Equal(version, HeldOn(day, Awarded(1, 0), Renewed(2, 60), Unassigned(3, 50)));

    [Theory]
    [InlineData(19, null)]
    [InlineData(20, 3)]
    public void What_is_awarded_anew_for_a_day_before_the_end_counts_from_that_day(int day, int? version) =>
        Assert.Equal(version, HeldOn(day, Awarded(1, 30), Unassigned(2, 50), Awarded(3, 20)));

    [Theory]
    [InlineData(0)]
    [InlineData(500)]
    public void What_was_undone_never_was_and_an_undo_that_was_undone_neither(int day)
    {
        Assert.Null(HeldOn(day, Awarded(1, 0), PutBack(2, 0, Awarded(1, 0) with { Held = false })));
        Assert.Equal(3, HeldOn(day, Awarded(1, 0), PutBack(2, 0, Awarded(1, 0) with { Held = false }), PutBack(3, 1, Awarded(1, 0))));
    }

    [Theory]
    [InlineData(49, 1)]
    [InlineData(50, null)]
    [InlineData(100, null)]
    public void An_end_that_an_undo_puts_back_is_that_of_its_own_day(int day, int? version) =>
        Assert.Equal(version, HeldOn(day, Awarded(1, 0), Unassigned(2, 50), Awarded(3, 60), PutBack(4, 2, Unassigned(2, 50))));

    [Fact]
    public void What_an_older_app_unassigned_is_not_known_to_have_been_held() =>
        Assert.Null(HeldOn(10, Awarded(1, 0), Unassigned(2, 50) with { EndedOn = null }));

    [Fact]
    public void Today_it_is_what_the_list_shows_of_what_has_begun() => Stories.Sample(story =>
        story.Versions is not [.., var latest]
        || !(latest.Held ? latest.IssuedOn <= story.Today : latest.EndedOn is null || latest.EndedOn <= story.Today)
        || story.HeldOn(story.Today) == (latest.Held ? latest : null));

    [Fact]
    public void A_renewal_rewrites_no_day_before_it() => Gen.Select(Stories, Changes, Gen.Int[-60, 160]).Sample((story, change, day) =>
        story.With(change with { Kind = Kind.Award }) is var after
        && (after.Versions.Count == story.Versions.Count || Day(day) >= after.Versions[^1].IssuedOn || story.HeldOn(Day(day)) == after.HeldOn(Day(day))));

    [Fact]
    public void An_unassignment_rewrites_no_day_before_it_and_ends_all_from_it_on() => Gen.Select(Stories, Changes, Gen.Int[-60, 160]).Sample((story, change, day) =>
        story.With(change with { Kind = Kind.Unassign }) is var after
        && (after.Versions.Count == story.Versions.Count
            || after.HeldOn(Day(day)) == (Day(day) < after.Versions[^1].EndedOn ? story.HeldOn(Day(day)) : null)));

    [Fact]
    public void After_an_undo_every_day_is_as_it_was() => Gen.Select(Stories, Changes, Gen.Int[-60, 160]).Sample((story, change, day) =>
        story.With(change with { Kind = Kind.Undo }) is var after
        && (after.Versions.Count == story.Versions.Count
            || Dates(after.HeldOn(Day(day))) == Dates(new AwardHistory([.. story.Versions.SkipLast(change.Undone)]).HeldOn(Day(day)))));

    [Fact]
    public void The_latest_version_alone_tells_the_same_where_it_tells() => Gen.Select(Stories, Gen.Int[-60, 160]).Sample((story, day) =>
        story.Versions is not [.., var latest] || !AwardHistory.TryTell(latest, Day(day), out var held) || held == story.HeldOn(Day(day)));

    private static DateOnly Day(int day) => First.AddDays(day);

    private static (DateOnly? IssuedOn, DateOnly? ExpiresOn, DateTimeOffset? AwardedAt) Dates(Award? award) => (award?.IssuedOn, award?.ExpiresOn, award?.AwardedAt);

    private static int? HeldOn(int day, params Award[] versions) => new AwardHistory(versions).HeldOn(Day(day))?.Version;

    private static Award Awarded(int version, int issuedOn) => Of(version, issuedOn, AwardChangeType.Awarded);

    private static Award Renewed(int version, int issuedOn) => Of(version, issuedOn, AwardChangeType.Renewed);

    private static Award Edited(int version, int issuedOn) => Of(version, issuedOn, AwardChangeType.Updated);

    private static Award Unassigned(int version, int endedOn) => Of(version, 0, AwardChangeType.Revoked) with { Held = false, EndedOn = Day(endedOn) };

    private static Award PutBack(int version, int restores, Award former) =>
        former with { Version = version, Restores = restores, Change = AwardSamples.Provenance.Change(AwardChangeType.Restored, null) };

    private static Award Of(int version, int issuedOn, AwardChangeType change) => AwardSamples.New(Fire.Code, Ada.Id) with
    {
        Version = version,
        IssuedOn = Day(issuedOn),
        Change = AwardSamples.Provenance.Change(change, null),
    };

    /// <param name="After">So many days after the change before.</param>
    /// <param name="Undone">So many versions are undone, where it undoes any.</param>
    private sealed record Change(Kind Kind, int IssuedOn, int Lasts, int After, int Undone);

    /// <summary>What became of one award, change by change, as the rules decided.</summary>
    private sealed record Story(IReadOnlyList<Award> Versions, int Now)
    {
        public DateOnly Today => Day(Now);

        public Award? HeldOn(DateOnly day) => new AwardHistory(Versions).HeldOn(day);

        public Story With(Change change)
        {
            var now = Now + change.After;
            var provenance = new Provenance("ada", new DateTimeOffset(Day(now), new TimeOnly(12, 0), TimeSpan.Zero), null, null);
            return new Story(Decide(change, provenance).After is { } after ? [.. Versions, after] : Versions, now);
        }

        private Decision Decide(Change change, Provenance provenance) => change.Kind switch
        {
            Kind.Unassign => AwardRules.DecideRevocation(null, Ada, Latest, provenance, AwardSamples.Clock),
            Kind.Undo when Versions.Count >= change.Undone => Undo(Versions.Count - change.Undone + 1, provenance),
            Kind.Undo => Decision.Skip("none", "There is too little to undo."),
            _ => AwardRules.Decide(OrderOf(change), Fire, Ada.Id, Ada, Latest, provenance),
        };

        private Award? Latest => Versions.Count == 0 ? null : Versions[^1];

        private Decision Undo(int from, Provenance provenance) =>
            UndoRules.Decide(from, [.. Versions.Skip(from - 1)], from == 1 ? null : Versions[from - 2], _ => true, provenance, null);

        private static AwardOrder OrderOf(Change change) => new(
            Day(change.IssuedOn), Day(change.IssuedOn + change.Lasts), Association.Manual, change.Kind == Kind.Award ? OnExisting.KeepNewest : OnExisting.Overwrite, null);
    }
}
