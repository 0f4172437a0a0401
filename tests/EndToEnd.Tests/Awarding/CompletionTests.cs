using System.Text.Json;
using CertFunctions.Operations.Checking;

namespace CertFunctions.EndToEnd.Tests.Awarding;

public sealed class CompletionTests(AppFixture app) : IClassFixture<AppFixture>
{
    private static readonly object[] Rescue = [new { type = "externalTraining", id = "RESCUE" }];

    [Fact]
    public async Task Whoever_completes_a_training_is_awarded_by_itself_and_later_for_what_is_linked_later()
    {
        var lms = app.Lms;
        await lms.PutUsersAsync(LmsClient.Ids("rope-", 12));
        await lms.PutAsync("api/external-trainings/RESCUE", new { title = "Rescue" });
        await lms.PutAsync("api/certifications/ROPES", new { title = "Ropes", validity = new { value = 1, unit = "years" }, activities = Rescue });

        foreach (var userId in LmsClient.Ids("rope-", 12))
        {
            var (status, completion) = await lms.SendAsync(
                HttpMethod.Post, "api/external-trainings/RESCUE/completions", new { userId, completedOn = "2024-02-29" });
            Assert.Equal((200, "awarded"), (status, completion.GetProperty("awards")[0].GetProperty("outcome").GetString()));
        }

        var award = await lms.GetAsync("api/certifications/ROPES/awards/rope-00001");
        Assert.Equal(("2024-02-29", "2025-02-28"), (Text(award, "issuedOn"), Text(award, "expiresOn")));
        Assert.Equal("Rescue", Text(award.GetProperty("association"), "activityTitle"));

        await lms.PutAsync("api/certifications/LATER", new { title = "Linked later", activities = Rescue });
        Assert.Equal(0, await lms.AwardedToAsync("LATER"));
        await AwardRetroactivelyAsync(lms, awarded: 12);
        await lms.SendAsync(HttpMethod.Delete, "api/certifications/LATER/awards/rope-00001");
        await AwardRetroactivelyAsync(lms, awarded: 0);

        Assert.Equal((12, 11), (await lms.AwardedToAsync("ROPES"), await lms.AwardedToAsync("LATER")));
        Assert.Empty(await StoreCheck.RunAsync(app.Storage));
    }

    private static async Task AwardRetroactivelyAsync(LmsClient lms, int awarded)
    {
        var (status, queued) = await lms.SendAsync(HttpMethod.Post, "api/certifications/LATER/retroactive-awards");
        Assert.Equal(202, status);
        var job = await lms.UntilFinalAsync(Text(queued, "id")!);
        Assert.Equal(
            ("completed", awarded, awarded), (Text(job, "status"), job.GetProperty("total").GetInt32(), job.GetProperty("awarded").GetInt32()));
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
