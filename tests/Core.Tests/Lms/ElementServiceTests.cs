using System.Globalization;
using System.Text.Json;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Lms;
using CertFunctions.Testing;
using CertFunctions.Testing.Lms;

namespace CertFunctions.Core.Tests.Lms;

public sealed class ElementServiceTests
{
    private readonly WebhookScene scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_that_means_nothing_here_is_unknown() =>
        Assert.IsType<ElementResult.Unknown>(await ApplyAsync("forum.post.created", """{"user_id":"u-1"}"""));

    [Fact]
    public async Task What_cannot_be_read_waits_for_nobody()
    {
        var failed = Assert.IsType<ElementResult.Failed>(await ApplyAsync("course.enrollment.completed", """{"user_id":"u-1","course_id":"C-101"}"""));

        Assert.Equal((ErrorCode.InvalidRequest, null), (failed.Why.Code, failed.WaitingForUserId));
    }

    [Theory]
    [InlineData("course.enrollment.completed", """{"user_id":"u-1","course_id":"C-101","completion_date":"2026-11-20 14:58:26"}""")]
    [InlineData("group.member.added", """{"user_id":"u-1","group_id":"g-1"}""")]
    public async Task What_needs_a_user_waits_for_it(string name, string payload)
    {
        var failed = Assert.IsType<ElementResult.Failed>(await ApplyAsync(name, payload));

        Assert.Equal((ErrorCode.UserNotFound, Sample.Id("u-1")), (failed.Why.Code, failed.WaitingForUserId));
    }

    [Theory]
    [InlineData("course.enrollment.completed", """{"user_id":"u-1","course_id":"C-101","completion_date":"2026-11-20 14:58:26","fired_at":"2099-01-01 00:00:00"}""")]
    [InlineData("external.training.approved", """{"user_id":"u-1","external_training_id":"X","fired_at":"2099-01-01 00:00:00"}""")]
    [InlineData("user.created", """{"user_id":"u-1","username":"ada","fired_at":"2099-01-01 00:00:00"}""")]
    [InlineData("user.updated", """{"user_id":"u-1","username":"ada","fired_at":"2099-01-01 00:00:00"}""")]
    [InlineData("user.deleted", """{"user_id":"u-1","fired_at":"2099-01-01 00:00:00"}""")]
    [InlineData("group.member.added", """{"user_id":"u-1","group_id":"g-1","fired_at":"2099-01-01 00:00:00"}""")]
    [InlineData("group.member.removed", """{"user_id":"u-1","group_id":"g-1","fired_at":"2099-01-01 00:00:00"}""")]
    public async Task An_event_of_a_clock_far_ahead_changes_nothing_and_silences_nobody(string name, string payload)
    {
        var failed = Assert.IsType<ElementResult.Failed>(await ApplyAsync(name, payload));

        Assert.Equal((ErrorCode.EventInTheFuture, null), (failed.Why.Code, failed.WaitingForUserId));
        Assert.Null(await scene.UserAsync("u-1"));
        Assert.IsType<ElementResult.Applied>(await ApplyAsync("user.created", """{"user_id":"u-1","username":"eve","first_name":"E","last_name":"L"}"""));
        Assert.Equal("eve", (await scene.UserAsync("u-1"))!.Username);
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    public async Task A_clock_may_be_5_minutes_ahead(int seconds, bool isApplied)
    {
        var firedAt = (Sample.Now + TimeSpan.FromSeconds(seconds)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

        var result = await ApplyAsync("user.created", $$"""{"user_id":"u-1","username":"ada","first_name":"A","last_name":"L","fired_at":"{{firedAt}}"}""");

        Assert.Equal(isApplied, result is ElementResult.Applied);
    }

    [Fact]
    public async Task A_completion_that_is_applied_twice_awards_once()
    {
        var code = scene.AddCertification("FIRE-1");
        scene.Users.Add(Sample.User("u-1"));

        Assert.IsType<ElementResult.Applied>(await ApplyAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101")));
        Assert.IsType<ElementResult.Applied>(await ApplyAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101")));

        Assert.Equal((1, AwardChangeType.Awarded), ((await scene.AwardOfAsync(code, "u-1"))!.Version, (await scene.AwardOfAsync(code, "u-1"))!.Change.Type));
    }

    [Fact]
    public async Task A_branch_that_is_not_known_is_made_before_the_user_joins_it()
    {
        Assert.IsType<ElementResult.Applied>(await ApplyAsync(
            "user.created", """{"user_id":"u-1","username":"ada","first_name":"Ada","last_name":"L","branch_id":"b-7"}"""));

        Assert.Equal("b-7", (await scene.Branches.FindAsync(Sample.Id("b-7"), Cancellation))!.Name);
        Assert.Equal(Sample.Id("b-7"), (await scene.UserAsync("u-1"))!.BranchId);
    }

    [Fact]
    public async Task A_removal_of_somebody_unknown_is_remembered_against_an_older_addition()
    {
        await ApplyAsync("group.member.removed", """{"user_id":"u-1","group_id":"g-1","fired_at":"2026-11-20 12:00:00"}""");
        scene.Users.Add(Sample.User("u-1"));

        await ApplyAsync("group.member.added", """{"user_id":"u-1","group_id":"g-1","fired_at":"2026-11-20 11:00:00"}""");
        Assert.False(await IsMemberAsync());

        await ApplyAsync("group.member.added", """{"user_id":"u-1","group_id":"g-1","fired_at":"2026-11-20 13:00:00"}""");
        Assert.True(await IsMemberAsync());
    }

    private async Task<bool> IsMemberAsync() => await scene.Members.ContainsAsync(MemberSource.Group(Sample.Id("g-1")), Sample.Id("u-1"), Cancellation);

    private Task<ElementResult> ApplyAsync(string name, string payload) =>
        scene.Elements.ApplyAsync(new WebhookElement("m-1", name, 0, JsonElement.Parse(payload), Sample.Now), Cancellation);
}
