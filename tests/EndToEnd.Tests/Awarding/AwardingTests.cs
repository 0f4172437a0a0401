using CertFunctions.Operations.Checking;

namespace CertFunctions.EndToEnd.Tests.Awarding;

public sealed class AwardingTests(AppFixture app) : IClassFixture<AppFixture>
{
    [Fact]
    public async Task Awards_three_people_before_the_answer_and_edits_and_unassigns_one()
    {
        var lms = app.Lms;
        await lms.PutUsersAsync(LmsClient.Ids("few-", 3));
        await lms.PutAsync("api/certifications/FEW", new { title = "First aid", validity = new { value = 24, unit = "months" } });

        var (status, job) = await lms.AwardAsync("FEW", new { users = LmsClient.Ids("few-", 3), issuedOn = "2026-01-31" });
        Assert.Equal(200, status);
        Assert.Equal("completed", job.GetProperty("status").GetString());
        Assert.Equal(3, job.GetProperty("results").GetArrayLength());

        var (edited, award) = await lms.SendAsync(
            HttpMethod.Patch, "api/certifications/few/awards/few-00001", new { expiresOn = "2030-06-30", reason = "audit" });
        Assert.Equal((200, "2030-06-30"), (edited, award.GetProperty("expiresOn").GetString()));
        Assert.Equal(2, award.GetProperty("version").GetInt32());
        var (unassigned, _) = await lms.SendAsync(HttpMethod.Delete, "api/certifications/FEW/awards/few-00001?reason=left");
        Assert.Equal(204, unassigned);

        var history = await lms.ListAsync("api/certifications/FEW/awards/few-00001/history");
        Assert.Equal("revoked updated awarded", string.Join(' ', history.Select(version => version.GetProperty("change").GetString())));
        Assert.Equal(LmsClient.Ids("few-", 3).Skip(1), (await lms.ListAsync("api/certifications/FEW/awards?sort=username")).Select(UserId));
        Assert.Equal("2028-01-31", (await lms.GetAsync("api/certifications/FEW/awards/few-00002")).GetProperty("expiresOn").GetString());
        Assert.Equal(2, await lms.AwardedToAsync("FEW"));
        Assert.Empty(await StoreCheck.RunAsync(app.Storage));
    }

    [Fact]
    public async Task Awards_100_people_before_the_answer_and_101_as_a_job()
    {
        var lms = app.Lms;
        await lms.PutAsync("api/branches/hq", new { name = "Headquarters" });
        await lms.PutAsync("api/branches/annex", new { name = "Annex", parentId = "hq" });
        await lms.PutUsersAsync(LmsClient.Ids("hq-", 50), "hq");
        await lms.PutUsersAsync(LmsClient.Ids("annex-", 50), "annex");
        await lms.PutUsersAsync(["guest"]);
        await lms.PutAsync("api/groups/guests", new { name = "Guests" });
        await lms.PutAsync("api/groups/guests/members/guest", new { });
        await lms.PutAsync("api/groups/guests/members/hq-00001", new { });
        await lms.PutAsync("api/certifications/HUNDRED", new { title = "Exactly a hundred" });
        await lms.PutAsync("api/certifications/ONE-MORE", new { title = "One more" });

        string[] branches = ["hq"], groups = ["guests"];
        var (status, done) = await lms.AwardAsync("HUNDRED", new { branches, includeSubBranches = true, alwaysValid = true });
        Assert.Equal((200, 100), (status, done.GetProperty("results").GetArrayLength()));

        (status, var queued) = await lms.AwardAsync("ONE-MORE", new { branches, groups, includeSubBranches = true, alwaysValid = true });
        Assert.Equal(202, status);
        var job = await lms.UntilFinalAsync(queued.GetProperty("id").GetString()!);

        Assert.Equal("completed", job.GetProperty("status").GetString());
        Assert.Equal((101, 101), (job.GetProperty("total").GetInt32(), job.GetProperty("awarded").GetInt32()));
        Assert.Equal(100, await lms.AwardedToAsync("HUNDRED"));
        Assert.Equal(101, await lms.AwardedToAsync("ONE-MORE"));
        Assert.Equal(101, (await lms.ListAsync("api/certifications/ONE-MORE/awards")).Select(UserId).Distinct().Count());
        Assert.Equal(101, (await lms.ListAsync($"api/jobs/{queued.GetProperty("id").GetString()}/results")).Select(UserId).Distinct().Count());
        Assert.Empty(await StoreCheck.RunAsync(app.Storage));
    }

    private static string? UserId(System.Text.Json.JsonElement row) => row.GetProperty("userId").GetString();
}
