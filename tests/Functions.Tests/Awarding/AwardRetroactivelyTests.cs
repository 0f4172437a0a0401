using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Tests.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Functions.Tests.Awarding;

public sealed class AwardRetroactivelyTests
{
    private static readonly Activity Course = new(ActivityType.Course, Sample.Id("C-101"));

    private readonly JobRoutes routes = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("{}")]
    [InlineData("""{"dryRun":false}""")]
    public async Task Answers_at_once_and_awards_as_a_job(string? body)
    {
        await LinkAsync();
        var userId = routes.World.AddUsers(1)[0];
        await routes.World.Completions.KeepAsync(new Completion(userId, Course, "Fire", new DateOnly(2026, 1, 5)), AwardSamples.Provenance, Cancellation);

        var answer = await routes.AwardRetroactivelyAsync(body);

        var id = answer.Json.GetProperty("id").GetString()!;
        Assert.Equal((202, $"/api/jobs/{id}"), (answer.Status, answer.Headers.Location.ToString()));
        Assert.Equal(
            ("retroactive", "queued", "FIRE-1"),
            (Text(answer.Json, "kind"), Text(answer.Json, "status"), Text(answer.Json, "certificationCode")));
        await routes.World.DeliverAllAsync();
        var job = (await routes.GetAsync(id)).Json;
        Assert.Equal(("completed", 1, 1), (Text(job, "status"), job.GetProperty("total").GetInt32(), job.GetProperty("awarded").GetInt32()));
        var result = Assert.Single((await routes.ResultsAsync(id)).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("awarded", userId.Value), (Text(result, "outcome"), Text(result, "userId")));
    }

    [Fact]
    public async Task The_same_key_again_is_the_same_job()
    {
        await LinkAsync();
        var first = await routes.AwardRetroactivelyAsync(key: "k-1");

        var again = await routes.AwardRetroactivelyAsync(key: "k-1");

        Assert.Equal(first.Body, again.Body);
        Assert.Single(routes.World.Queue.Steps);
    }

    [Fact]
    public async Task An_unknown_certification_is_404_and_an_archived_one_409()
    {
        await LinkAsync(CertificationStatus.Archived);

        var (archived, unknown) = (await routes.AwardRetroactivelyAsync(), await routes.AwardRetroactivelyAsync(code: "NONE"));

        Assert.Equal((409, "certification_archived"), (archived.Status, archived.Code));
        Assert.Equal((404, "certification_not_found"), (unknown.Status, unknown.Code));
    }

    [Theory]
    [InlineData("""{"dryRun":"yes"}""", "dryRun")]
    [InlineData("""{"users":["u-1"]}""", "users")]
    public async Task A_bad_body_is_400_and_names_the_member(string body, string member)
    {
        var answer = await routes.AwardRetroactivelyAsync(body);

        Assert.Equal(400, answer.Status);
        Assert.Equal([member], answer.ErrorPaths);
    }

    private static string? Text(System.Text.Json.JsonElement json, string name) => json.GetProperty(name).GetString();

    private async Task LinkAsync(CertificationStatus status = CertificationStatus.Active)
    {
        var fire = (await routes.World.Certifications.FindAsync(JobWorld.Fire, Cancellation))!.Certification;
        routes.World.Certifications.Add(fire with { Activities = [Course], Status = status });
    }
}
