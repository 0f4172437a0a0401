using System.Globalization;
using System.Text;
using System.Text.Json;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.Awarding;

/// <summary>A small job is not kept waiting by a large one that came before.</summary>
public sealed class FairnessTests
{
    private static readonly string[] Crew = ["crew"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_for_101_people_and_a_file_of_20_rows_end_long_before_a_large_file_that_came_first()
    {
        await using var host = await HostProcess.StartAsync(cancellationToken: Cancellation);
        var lms = new LmsClient(host.Client);
        await lms.PutAsync("api/branches/crew", new { name = "Crew" });
        await lms.PutUsersAsync(LmsClient.Ids("crew-", 101), "crew");
        await lms.PutAsync("api/certifications/FIRE-1", new { title = "Fire warden" });
        var large = await ImportAsync(host, Rows("large-", 20_000));
        await UntilAsync(async () => (await lms.GetAsync($"api/jobs/{large}")).GetProperty("processed").GetInt32() > 0);

        var (_, award) = await lms.AwardAsync("FIRE-1", new { branches = Crew });
        var small = await ImportAsync(host, Rows("small-", 20));
        var (awarded, imported) = (await lms.UntilFinalAsync(award.GetProperty("id").GetString()!), await lms.UntilFinalAsync(small));

        Assert.Equal((101, 20), (awarded.GetProperty("awarded").GetInt32(), imported.GetProperty("processed").GetInt32()));
        Assert.Equal("running", (await lms.GetAsync($"api/jobs/{large}")).GetProperty("status").GetString());
    }

    private static string Rows(string prefix, int count) => Enumerable.Range(0, count)
        .Aggregate(new StringBuilder("user_id,username,first_name,last_name\n"), (text, number) =>
            text.Append(CultureInfo.InvariantCulture, $"{prefix}{number:d5},name.{prefix}{number:d5},First,Last\n"))
        .ToString();

    private static async Task<string> ImportAsync(HostProcess host, string rows)
    {
        using var answer = await host.Client.PostAsync("api/imports?kind=users", new StringContent(rows, Encoding.UTF8, "text/csv"), Cancellation);
        return JsonElement.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).GetProperty("id").GetString()!;
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), Cancellation);
        }
    }
}
