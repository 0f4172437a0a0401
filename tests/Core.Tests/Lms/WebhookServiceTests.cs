using CertFunctions.Core.Audit;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Lms;
using CertFunctions.Testing;
using CertFunctions.Testing.Lms;

namespace CertFunctions.Core.Tests.Lms;

public sealed class WebhookServiceTests
{
    private readonly WebhookScene scene = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_completion_awards_and_says_where_it_came_from()
    {
        var code = scene.AddCertification("FIRE-1");
        scene.Users.Add(Sample.User("u-1"));
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));

        var award = (await scene.AwardOfAsync(code, "u-1"))!;
        Assert.Equal((new DateOnly(2026, 11, 20), "lms"), (award.IssuedOn, award.AwardedBy));
        Assert.Equal(new Origin(MessageId: "m-1", Event: "course.enrollment.completed"), award.Change.Origin);
    }

    [Theory]
    [InlineData("learningplan.enrollment.completed", "learningplan_id", ActivityType.LearningPlan)]
    [InlineData("external.training.approved", "external_training_id", ActivityType.ExternalTraining)]
    [InlineData("course.enrollment.completed", "course_id", ActivityType.Course)]
    public async Task Ids_may_be_whole_numbers(string name, string member, ActivityType type)
    {
        var code = scene.AddCertification("FIRE-1", type, "77");
        scene.Users.Add(Sample.User("10021"));
        await scene.SendAsync(name, $$"""{"user_id":10021,"{{member}}":77,"completion_date":"2026-11-20 14:58:26"}""");

        Assert.Equal(new DateOnly(2026, 11, 20), (await scene.AwardOfAsync(code, "10021"))!.IssuedOn);
    }

    [Fact]
    public async Task An_unknown_external_training_is_created_and_a_known_one_stays()
    {
        scene.Users.Add(Sample.User("u-1"));
        scene.Trainings.Add(Sample.Training("EXT-1", "First aid"));
        await scene.SendAsync("external.training.approved", Approved("EXT-1"), Approved("EXT-2"));

        Assert.Equal("First aid", (await scene.Trainings.FindAsync(Sample.Id("EXT-1"), Cancellation))!.Title);
        Assert.Equal("Red Cross", (await scene.Trainings.FindAsync(Sample.Id("EXT-2"), Cancellation))!.Title);

        static string Approved(string id) =>
            $$"""{"user_id":"u-1","external_training_id":"{{id}}","external_training_name":"Red Cross","fired_at":"2026-11-20 14:58:26"}""";
    }

    [Fact]
    public async Task Names_lose_what_nobody_sees_at_their_ends()
    {
        await scene.SendAsync(
            "user.created",
            """{"user_id":"u-1","username":"\u00a0ada\u200b ","first_name":" Ada\ufeff","last_name":"\tvan\u00a0Love ","branch_id":"b-1","branch_name":"\u00a0North\u00a0"}""",
            """{"user_id":"u-2","username":"\u200b\u00a0","first_name":"","last_name":""}""");
        await scene.SendAsync("group.member.added", """{"user_id":"u-1","group_id":"g-1","group_name":"\u200bCrew "}""");

        var ada = (await scene.Users.FindAsync(Sample.Id("u-1"), Cancellation))!;
        Assert.Equal(("ada", "Ada", "van\u00A0Love"), (ada.Username, ada.FirstName, ada.LastName));
        Assert.Equal("North", (await scene.Branches.FindAsync(Sample.Id("b-1"), Cancellation))!.Name);
        Assert.Equal("Crew", (await scene.GroupStore.FindAsync(Sample.Id("g-1"), Cancellation))!.Name);
        Assert.Equal("username is required.", Assert.Single(scene.DeadLetters.All).Detail);
    }

    [Fact]
    public async Task An_external_training_without_a_date_was_completed_when_it_was_approved()
    {
        var code = scene.AddCertification("AID-1", ActivityType.ExternalTraining, "EXT-9");
        scene.Users.Add(Sample.User("u-1"));
        await scene.SendAsync(
            "external.training.approved", """{"user_id":"u-1","external_training_id":"EXT-9","fired_at":"2026-10-01 08:00:00","completion_date":null}""");

        Assert.Equal(new DateOnly(2026, 10, 1), (await scene.AwardOfAsync(code, "u-1"))!.IssuedOn);
    }

    [Fact]
    public async Task One_bad_element_of_25_does_not_keep_the_others()
    {
        var code = scene.AddCertification("FIRE-1");
        var good = Enumerable.Range(0, 24).Select(i => $"u-{i}").ToList();
        scene.Users.Add([.. good.Select(id => Sample.User(id))]);
        var payloads = good.Select(id => LmsMessage.Course(id, "C-101")).ToList();
        payloads.Insert(7, """{"user_id":"u-1","course_id":"C-101","completion_date":"yesterday"}""");
        var applied = await scene.SendAsync("course.enrollment.completed", [.. payloads]);

        Assert.Equal((25, 1), (applied.Elements, applied.Failed));
        Assert.All(good, id => Assert.NotNull(scene.AwardOfAsync(code, id).GetAwaiter().GetResult()));
        var letter = Assert.Single(scene.DeadLetters.All);
        Assert.Equal((7, "invalid_request", null), (letter.Element.Index, letter.Code, letter.WaitingForUserId));
        Assert.Contains("completion_date", letter.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("course.enrollment.completed", "12")]
    [InlineData("course.enrollment.completed", """{"course_id":"C-101","completion_date":"2026-11-20 14:58:26"}""")]
    [InlineData("course.enrollment.completed", """{"user_id":"u/1","course_id":"C-101","completion_date":"2026-11-20 14:58:26"}""")]
    [InlineData("course.enrollment.completed", """{"user_id":1.5,"course_id":"C-101","completion_date":"2026-11-20 14:58:26"}""")]
    [InlineData("course.enrollment.completed", """{"user_id":-1,"course_id":"C-101","completion_date":"2026-11-20 14:58:26"}""")]
    [InlineData("course.enrollment.completed", """{"user_id":"u-1","completion_date":"2026-11-20 14:58:26"}""")]
    [InlineData("course.enrollment.completed", """{"user_id":"u-1","course_id":"C-101"}""")]
    [InlineData("course.enrollment.completed", """{"user_id":"u-1","course_id":"C-101","completion_date":"2026-11-20T14:58:26Z"}""")]
    [InlineData("course.enrollment.completed", """{"user_id":"u-1","course_id":"C-101","completion_date":"2026-02-29 00:00:00"}""")]
    [InlineData("course.enrollment.completed", """{"user_id":"u-1","course_id":"C-101","completion_date":"1899-12-31 23:59:59"}""")]
    [InlineData("user.created", """{"user_id":"u-9","first_name":"Ada"}""")]
    [InlineData("user.created", """{"user_id":"u-9","username":"a\ud83d"}""")]
    [InlineData("user.updated", """{"user_id":"u-1","username":12}""")]
    [InlineData("user.updated", """{"user_id":"u-1","fired_at":"soon"}""")]
    [InlineData("user.updated", """{"user_id":"u-1","active":"perhaps"}""")]
    [InlineData("group.member.added", """{"user_id":"u-1"}""")]
    public async Task What_cannot_be_read_is_a_dead_letter_and_changes_nothing(string name, string payload)
    {
        scene.Users.Add(Sample.User("u-1"));
        await scene.SendAsync(name, """{"user_id":"unknown-to-be-second","username":"x","group_id":"g","course_id":"c","completion_date":"2026-11-20 14:58:26"}""", payload);

        Assert.Contains(scene.DeadLetters.All, letter => letter.Element.Index == 1 && letter.Code == "invalid_request");
        Assert.Equal(Sample.User("u-1"), await scene.UserAsync("u-1"));
    }

    [Fact]
    public async Task The_same_message_again_has_no_second_effect_even_after_somebody_unassigned_or_deactivated()
    {
        var code = scene.AddCertification("FIRE-1");
        scene.Users.Add(Sample.User("u-1"));
        var body = LmsMessage.Of("again", "course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));
        Assert.Equal(1, Assert.IsType<Outcome<int>.Done>(await scene.ReceiveAsync(body)).Value);
        await scene.Webhooks.ApplyAsync(WebhookKey.Of("again"), Cancellation);
        await scene.UserService.DeactivateAsync(Sample.Id("u-1"), Precondition.None, By.Hand, Cancellation);

        Assert.Equal(1, Assert.IsType<Outcome<int>.Done>(await scene.ReceiveAsync(body)).Value);
        Assert.Null(await scene.Webhooks.ApplyAsync(WebhookKey.Of("again"), Cancellation));
        Assert.Equal(1, (await scene.AwardOfAsync(code, "u-1"))!.Version);
        Assert.Empty(scene.DeadLetters.All);
        Assert.Equal(2, scene.Queue.Messages.Count);
    }

    [Fact]
    public async Task Another_body_under_the_same_id_is_refused_and_not_queued()
    {
        await scene.ReceiveAsync(LmsMessage.Of("m", "user.created", """{"user_id":1}"""));
        var again = await scene.ReceiveAsync(LmsMessage.Of("m", "user.created", """{"user_id":2}"""));

        Assert.Equal("message_id_reused", Assert.IsType<Outcome<int>.Rejected>(again).Why.Code);
        Assert.Single(scene.Queue.Messages);
    }

    [Fact]
    public async Task Unknown_events_are_accepted_and_counted()
    {
        var applied = await scene.SendAsync("course.enrollment.created", """{"user_id":1}""", """{"user_id":2}""");

        Assert.Equal((2, 2, 0), (applied.Elements, applied.Unknown, applied.Failed));
        Assert.Empty(scene.DeadLetters.All);
    }

    [Fact]
    public async Task A_user_comes_with_its_branch()
    {
        await scene.SendAsync(
            "user.created", """{"user_id":99001,"username":"new.joiner","first_name":"New","last_name":"Joiner","email":"n@example.com","branch_id":"uk"}""");

        Assert.Equal(("new.joiner", Sample.Id("uk"), true), await NamesOfAsync("99001"));
        Assert.NotNull(await scene.Branches.FindAsync(Sample.Id("uk"), Cancellation));
        Assert.True(await scene.Members.ContainsAsync(MemberSource.Branch(Sample.Id("uk")), Sample.Id("99001"), Cancellation));
    }

    [Fact]
    public async Task An_update_changes_what_it_names_and_leaves_the_rest()
    {
        await scene.SendAsync(
            "user.created", """{"user_id":1,"username":"ada","first_name":"Ada","last_name":"Lovelace","email":"ada@example.com","branch_id":"uk"}""");
        await scene.SendAsync("user.updated", """{"user_id":1,"last_name":"King","branch_id":null}""");

        var user = (await scene.UserAsync("1"))!;
        Assert.Equal(("ada", "King", "ada@example.com", null), (user.Username, user.LastName, user.Email, user.BranchId));
    }

    [Fact]
    public async Task An_update_that_says_too_little_of_an_unknown_user_waits_for_it()
    {
        await scene.SendAsync("user.updated", """{"user_id":1,"last_name":"King","fired_at":"2026-11-20 15:00:00"}""");
        Assert.Equal(Sample.Id("1"), Assert.Single(scene.DeadLetters.All).WaitingForUserId);

        await scene.SendAsync("user.created", """{"user_id":1,"username":"ada","last_name":"Lovelace","fired_at":"2026-11-20 14:00:00"}""");
        await scene.Letters.ReleaseAsync(Assert.Single(scene.Queue.Arrivals), Cancellation);
        Assert.Equal("King", (await scene.UserAsync("1"))!.LastName);
        Assert.Empty(scene.DeadLetters.All);
    }

    [Fact]
    public async Task A_username_that_is_taken_is_a_dead_letter()
    {
        scene.Users.Add(Sample.User("u-1", "ada"));
        await scene.SendAsync("user.created", """{"user_id":"u-2","username":"ADA"}""");

        Assert.Equal("username_taken", Assert.Single(scene.DeadLetters.All).Code);
    }

    [Fact]
    public async Task A_completion_of_a_deactivated_user_is_a_dead_letter_that_does_not_wait()
    {
        scene.AddCertification("FIRE-1");
        scene.Users.Add(Sample.User("u-1") with { Active = false });
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101"));

        var letter = Assert.Single(scene.DeadLetters.All);
        Assert.Equal(("user_deactivated", null), (letter.Code, letter.WaitingForUserId));
    }

    [Fact]
    public async Task An_unknown_group_is_created_and_one_deleted_later_than_the_event_is_not()
    {
        scene.Users.Add(Sample.User("u-1"));
        await scene.SendAsync("group.member.added", Member("drivers", "2026-11-20 15:05:00"));
        Assert.Equal("Drivers", (await scene.GroupStore.FindAsync(Sample.Id("drivers"), Cancellation))!.Name);
        Assert.True(await scene.Members.ContainsAsync(MemberSource.Group(Sample.Id("drivers")), Sample.Id("u-1"), Cancellation));

        await scene.Groups.DeleteAsync(Sample.Id("drivers"), Precondition.None, By.Hand, Cancellation);
        await scene.SendAsync("group.member.added", Member("drivers", "2026-11-20 15:06:00"));
        Assert.Null(await scene.GroupStore.FindAsync(Sample.Id("drivers"), Cancellation));

        scene.Time.SetUtcNow(new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await scene.SendAsync("group.member.added", Member("drivers", "2027-01-01 00:00:00"));
        Assert.NotNull(await scene.GroupStore.FindAsync(Sample.Id("drivers"), Cancellation));

        static string Member(string group, string at) => $$"""{"fired_at":"{{at}}","group_id":"{{group}}","group_name":"Drivers","user_id":"u-1"}""";
    }

    [Fact]
    public async Task What_is_given_up_becomes_dead_letters_and_the_rest_is_applied()
    {
        scene.Users.Add(Sample.User("u-1"), Sample.User("u-2"));
        scene.Members.FailsFor = Sample.Id("u-1");
        await scene.ReceiveAsync(LmsMessage.Of(
            "m", "group.member.added", """{"user_id":"u-1","group_id":"g"}""", """{"user_id":"u-2","group_id":"g"}"""));
        await Assert.ThrowsAsync<IOException>(() => scene.Webhooks.ApplyAsync(WebhookKey.Of("m"), Cancellation));
        await scene.Webhooks.GiveUpAsync(WebhookKey.Of("m"), Cancellation);

        Assert.True(await scene.Members.ContainsAsync(MemberSource.Group(Sample.Id("g")), Sample.Id("u-2"), Cancellation));
        Assert.Equal(("processing_failed", 0), (Assert.Single(scene.DeadLetters.All).Code, scene.DeadLetters.All[0].Element.Index));
    }

    private async Task<(string Username, LmsId? Branch, bool Active)> NamesOfAsync(string userId) =>
        await scene.UserAsync(userId) is { } user ? (user.Username, user.BranchId, user.Active) : default;
}
