using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Testing;

namespace CertFunctions.Functions.Tests.Completions;

public sealed class CompleteExternalTrainingTests
{
    private const string Body = """{"userId":"u-1","completedOn":"2026-11-24"}""";

    private readonly CompletionRoutes routes = new();

    [Fact]
    public async Task Awards_what_lists_the_training_on_behalf_of_the_caller()
    {
        routes.Certify("RESCUE-1").Certify("RESCUE-2");

        var answer = await routes.CompleteAsync(Body);

        Assert.Equal(200, answer.Status);
        Assert.Equal(
            """{"externalTrainingId":"EXT-9","userId":"u-1","completedOn":"2026-11-24","awards":[{"certificationCode":"RESCUE-1","outcome":"awarded","code":null,"detail":null},{"certificationCode":"RESCUE-2","outcome":"awarded","code":null,"detail":null}]}""",
            answer.Body);
        var award = await FindAsync("RESCUE-1");
        Assert.Equal("local-developer", award!.AwardedBy);
        Assert.Equal(new Association(AssociationType.ExternalTraining, null, Sample.Id("EXT-9"), "Rescue"), award.Association);
        Assert.Null(award.Change.Origin);
    }

    [Fact]
    public async Task The_same_again_says_that_it_was_done()
    {
        routes.Certify("RESCUE-1");
        await routes.CompleteAsync(Body);

        var again = await routes.CompleteAsync(Body);

        var award = Assert.Single(again.Json.GetProperty("awards").EnumerateArray());
        Assert.Equal(("skipped", "already_done"), (award.GetProperty("outcome").GetString(), award.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task The_same_key_again_gives_the_first_answer()
    {
        routes.Certify("RESCUE-1");
        var first = await routes.CompleteAsync(Body, key: "k-1");

        var again = await routes.CompleteAsync(Body, key: "k-1");

        Assert.Equal((first.Body, "true"), (again.Body, again.Headers["Idempotent-Replayed"].ToString()));
        Assert.Equal("idempotency_key_reused", (await routes.CompleteAsync("""{"userId":"u-1","completedOn":"2026-11-25"}""", key: "k-1")).Code);
    }

    [Fact]
    public async Task A_training_that_no_certification_lists_awards_nothing() =>
        Assert.Empty((await routes.CompleteAsync(Body)).Json.GetProperty("awards").EnumerateArray());

    [Theory]
    [InlineData("1900-01-01")]
    [InlineData("9999-12-31")]
    public async Task Any_day_there_is_will_do(string completedOn)
    {
        routes.Certify("RESCUE-1");

        Assert.Equal(200, (await routes.CompleteAsync($$"""{"userId":"u-1","completedOn":"{{completedOn}}"}""")).Status);
        Assert.Equal(completedOn, $"{(await FindAsync("RESCUE-1"))!.IssuedOn:yyyy-MM-dd}");
    }

    [Fact]
    public async Task An_unknown_training_is_404()
    {
        var answer = await routes.CompleteAsync(Body, training: "EXT-0");

        Assert.Equal((404, "external_training_not_found"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task An_unknown_user_is_400_and_named()
    {
        var answer = await routes.CompleteAsync("""{"userId":"u-0","completedOn":"2026-11-24"}""");

        Assert.Equal((400, "user_not_found"), (answer.Status, answer.Code));
        Assert.Equal(["userId"], answer.ErrorPaths);
    }

    [Fact]
    public async Task A_deactivated_user_is_409()
    {
        var answer = await routes.CompleteAsync("""{"userId":"u-2","completedOn":"2026-11-24"}""");

        Assert.Equal((409, "user_deactivated"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_validity_beyond_the_last_day_is_400()
    {
        Assert.True(Validity.TryCreate(1, ValidityUnit.Days, out var validity));
        routes.Certify("RESCUE-1", certification => certification with { Validity = validity });

        var answer = await routes.CompleteAsync("""{"userId":"u-1","completedOn":"9999-12-31"}""");

        Assert.Equal((400, "expiry_out_of_range"), (answer.Status, answer.Code));
        Assert.Equal(["completedOn"], answer.ErrorPaths);
    }

    [Theory]
    [InlineData("""{"completedOn":"2026-11-24"}""", "userId")]
    [InlineData("""{"userId":"u-1"}""", "completedOn")]
    [InlineData("""{"userId":"u-1","completedOn":null}""", "completedOn")]
    [InlineData("""{"userId":"u-1","completedOn":"2026-02-30"}""", "completedOn")]
    [InlineData("""{"userId":"u-1","completedOn":"1899-12-31"}""", "completedOn")]
    [InlineData("""{"userId":"u-1","completedOn":"2026-11-24","title":"Rescue"}""", "title")]
    public async Task A_bad_body_is_400_and_names_the_member(string body, string member)
    {
        var answer = await routes.CompleteAsync(body);

        Assert.Equal(400, answer.Status);
        Assert.Equal([member], answer.ErrorPaths);
    }

    private async Task<Award?> FindAsync(string code) => (await routes.Awards.FindAsync(
        CertificationCode.Parse(code), Sample.Id("u-1"), TestContext.Current.CancellationToken))?.Award;
}
