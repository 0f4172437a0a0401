using CertFunctions.Core.Directory;
using CertFunctions.Core.Lms;
using CertFunctions.Testing;
using CertFunctions.Testing.Lms;

namespace CertFunctions.Core.Tests.Lms;

public sealed class DeadLetterServiceTests
{
    private readonly WebhookScene scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_completion_of_an_unknown_user_waits_and_is_applied_when_the_user_appears()
    {
        var code = scene.AddCertification("FIRE-1");
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
        Assert.Equal(("user_not_found", Sample.Id("u-1")), (scene.DeadLetters.All[0].Code, scene.DeadLetters.All[0].WaitingForUserId));

        await PutUserAsync("u-1");
        Assert.Equal(1, await scene.Letters.ReleaseAsync(Assert.Single(scene.Queue.Arrivals), Cancellation));
        Assert.Equal(("m-1", Sample.Now), ((await scene.AwardOfAsync(code, "u-1"))!.Change.Origin!.MessageId, (await scene.AwardOfAsync(code, "u-1"))!.AwardedAt));
        Assert.Empty(scene.DeadLetters.All);
    }

    [Fact]
    public async Task A_membership_of_an_unknown_user_waits_unless_a_later_removal_came_first()
    {
        await scene.SendAsync("group.member.added", """{"fired_at":"2026-11-20 15:05:00","group_id":"a","user_id":"u-1"}""");
        await scene.SendAsync("group.member.removed", """{"fired_at":"2026-11-20 15:06:00","group_id":"b","user_id":"u-1"}""");
        await scene.SendAsync("group.member.added", """{"fired_at":"2026-11-20 15:05:00","group_id":"b","user_id":"u-1"}""");
        await PutUserAsync("u-1");
        await scene.Letters.ReleaseAsync(Sample.Id("u-1"), Cancellation);

        Assert.True(await scene.Members.ContainsAsync(MemberSource.Group(Sample.Id("a")), Sample.Id("u-1"), Cancellation));
        Assert.False(await scene.Members.ContainsAsync(MemberSource.Group(Sample.Id("b")), Sample.Id("u-1"), Cancellation));
        Assert.Empty(scene.DeadLetters.All);
    }

    /// <summary>Two people exchange their usernames by way of a third one: each event frees what the next one takes.</summary>
    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(0, 2, 1)]
    [InlineData(1, 0, 2)]
    [InlineData(1, 2, 0)]
    [InlineData(2, 0, 1)]
    [InlineData(2, 1, 0)]
    public async Task Renames_that_free_and_take_usernames_come_to_the_same_in_any_order(params int[] order)
    {
        var longAgo = Sample.Now.AddDays(-30);
        scene.Users.Add(Sample.User("u-1", "ada") with { ChangedAt = longAgo }, Sample.User("u-2", "bob") with { ChangedAt = longAgo });
        (string Id, string Username, string Time)[] renames = [("u-1", "between", "15:01:00"), ("u-2", "ada", "15:02:00"), ("u-1", "bob", "15:03:00")];

        foreach (var (id, username, time) in order.Select(index => renames[index]))
        {
            await scene.SendAsync("user.updated", $$"""{"fired_at":"2026-11-20 {{time}}","user_id":"{{id}}","username":"{{username}}","first_name":"A","last_name":"B"}""");
        }

        for (var told = 0; told < scene.Queue.Arrivals.Count; told++)
        {
            await scene.Letters.ReleaseAsync(scene.Queue.Arrivals.ElementAt(told), Cancellation);
        }

        Assert.Equal(("bob", "ada"), ((await scene.UserAsync("u-1"))!.Username, (await scene.UserAsync("u-2"))!.Username));
        Assert.Empty(scene.DeadLetters.All);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_timers_replay_those_whose_user_appeared_unannounced_and_leave_the_others(bool isRecent)
    {
        var code = scene.AddCertification("FIRE-1");
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"), LmsMessage.Course("u-2", "C-101"));
        scene.Users.Add(Sample.User("u-1"));

        Assert.Equal(1, await (isRecent ? scene.Letters.ReleaseRecentAsync(Cancellation) : scene.Letters.ReleaseAllAsync(Cancellation)));
        Assert.NotNull(await scene.AwardOfAsync(code, "u-1"));
        var left = Assert.Single(scene.DeadLetters.All);
        Assert.Equal((Sample.Id("u-2"), 1), (left.WaitingForUserId, left.Attempts));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task The_timer_of_every_minute_looks_at_what_came_of_late_alone(int ticksOver, int applied)
    {
        scene.AddCertification("FIRE-1");
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
        scene.Users.Add(Sample.User("u-1"));
        scene.Time.Advance(DeadLetterService.Recent + TimeSpan.FromMilliseconds(ticksOver));

        Assert.Equal(applied, await scene.Letters.ReleaseRecentAsync(Cancellation));
        Assert.Equal(1 - applied, await scene.Letters.ReleaseAllAsync(Cancellation));
    }

    [Fact]
    public async Task A_replay_that_fails_again_keeps_the_letter_with_its_new_reason()
    {
        scene.AddCertification("FIRE-1");
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
        scene.Users.Add(Sample.User("u-1") with { Active = false });
        scene.Time.Advance(TimeSpan.FromHours(1));
        var replayed = Assert.IsType<Outcome<Replayed>.Done>(await scene.Letters.ReplayAsync(scene.DeadLetters.All[0].Id, By.Hand, Cancellation)).Value;

        Assert.Equal(("user_deactivated", 2, null), (replayed.Letter!.Code, replayed.Letter.Attempts, replayed.Letter.WaitingForUserId));
        Assert.Equal(Sample.Now.AddHours(1), replayed.Letter.FailedAt);
        Assert.Equal(replayed.Letter, Assert.Single(scene.DeadLetters.All));
    }

    [Fact]
    public async Task An_unknown_letter_is_not_found()
    {
        Assert.True(DeadLetterId.TryParse(new string('a', 32), out var id));

        Assert.Equal("dead_letter_not_found", Assert.IsType<Outcome<Replayed>.Rejected>(await scene.Letters.ReplayAsync(id, By.Hand, Cancellation)).Why.Code);
    }

    [Fact]
    public async Task A_message_that_comes_again_before_it_is_done_makes_no_second_letter()
    {
        await scene.ReceiveAsync(LmsMessage.Of("m", "course.enrollment.completed", LmsMessage.Course("u-1", "C-101")));
        await scene.Webhooks.ApplyAsync(WebhookKey.Of("m"), Cancellation);
        var first = Assert.Single(scene.DeadLetters.All);
        await scene.DeadLetters.AddAsync(first with { Attempts = 9 }, Cancellation);

        Assert.Equal(first, Assert.Single(scene.DeadLetters.All));
    }

    private Task<Outcome<Change<User>>> PutUserAsync(string id) => scene.UserService.PutAsync(
        Sample.Id(id), new UserEdit(id, "Ada", "Lovelace", null, null, null), Precondition.None, null, By.Hand, Cancellation);
}
