using CertFunctions.Core.Directory;
using CertFunctions.Core.Lms;
using CertFunctions.Testing;
using CertFunctions.Testing.Lms;

namespace CertFunctions.Core.Tests.Lms;

/// <summary>What an event makes known without a name is called by its id until somebody tells the name.</summary>
public sealed class EventNameTests
{
    private readonly WebhookScene scene = new();
    private readonly BranchService branches;
    private readonly ExternalTrainingService trainings;

    public EventNameTests()
    {
        scene.Users.Add(Sample.User("u-1"));
        branches = scene.BranchService;
        trainings = new ExternalTrainingService(scene.Trainings, scene.Time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_later_event_gives_a_group_its_name_and_one_after_it_no_other()
    {
        await JoinAsync(null);
        Assert.Equal(("g-1", 1), await GroupAsync());

        await JoinAsync("Drivers");
        Assert.Equal(("Drivers", 2), await GroupAsync());

        await JoinAsync(null);
        await JoinAsync("Riders");
        Assert.Equal(("Drivers", 2), await GroupAsync());
    }

    [Theory]
    [InlineData("By hand", 2)]
    [InlineData("g-1", 1)]
    public async Task A_call_that_names_a_group_has_the_last_word_also_where_it_takes_the_id_for_a_name(string name, int version)
    {
        await JoinAsync(null);
        await scene.Groups.PutAsync(Sample.Id("g-1"), name, Precondition.None, By.Hand, Cancellation);

        await JoinAsync("Drivers");

        Assert.Equal((name, version), await GroupAsync());
    }

    [Fact]
    public async Task A_later_event_gives_a_branch_its_name_and_leaves_it_where_it_is()
    {
        await MoveAsync(null);
        await branches.PutAsync(Sample.Id("root"), "Root", null, Precondition.None, By.Hand, Cancellation);
        Assert.Equal("b-1", (await BranchAsync()).Name);

        await MoveAsync("North");
        Assert.Equal("North", (await BranchAsync()).Name);
        await branches.PutAsync(Sample.Id("b-1"), "North", Sample.Id("root"), Precondition.None, By.Hand, Cancellation);

        await MoveAsync("South");
        Assert.Equal(("North", Sample.Id("root")), ((await BranchAsync()).Name, (await BranchAsync()).ParentId));
    }

    [Fact]
    public async Task A_later_event_gives_a_training_its_title_unless_a_call_did()
    {
        await CompleteAsync("EXT-1", null);
        await CompleteAsync("EXT-2", null);
        Assert.Equal("EXT-1", await TitleAsync("EXT-1"));
        await trainings.PutAsync(Sample.Id("EXT-2"), "By hand", null, Precondition.None, By.Hand, Cancellation);

        await CompleteAsync("EXT-1", "Rescue");
        await CompleteAsync("EXT-2", "Rescue");

        Assert.Equal(("Rescue", "By hand"), (await TitleAsync("EXT-1"), await TitleAsync("EXT-2")));
    }

    private Task<AppliedWebhook> JoinAsync(string? name) =>
        scene.SendAsync("group.member.added", $$"""{"group_id":"g-1","user_id":"u-1"{{Member("group_name", name)}}}""");

    private Task<AppliedWebhook> MoveAsync(string? name) =>
        scene.SendAsync("user.updated", $$"""{"user_id":"u-1","branch_id":"b-1"{{Member("branch_name", name)}}}""");

    private Task<AppliedWebhook> CompleteAsync(string id, string? title) => scene.SendAsync(
        "external.training.approved",
        $$"""{"user_id":"u-1","external_training_id":"{{id}}","completion_date":"2026-11-20 10:00:00"{{Member("external_training_name", title)}}}""");

    private static string Member(string name, string? value) => value is null ? "" : $",\"{name}\":\"{value}\"";

    private async Task<(string Name, int Version)> GroupAsync()
    {
        var group = (await scene.GroupStore.FindAsync(Sample.Id("g-1"), Cancellation))!;
        return (group.Name, group.Version);
    }

    private async Task<Branch> BranchAsync() => (await scene.Branches.FindAsync(Sample.Id("b-1"), Cancellation))!;

    private async Task<string> TitleAsync(string id) => (await scene.Trainings.FindAsync(Sample.Id(id), Cancellation))!.Title;
}
