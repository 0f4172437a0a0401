using System.Text;
using System.Text.Json;
using CertFunctions.EndToEnd.Tests.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Operations.Checking;
using CertFunctions.Testing;

namespace CertFunctions.EndToEnd.Tests.Ingestion;

/// <summary>What the learning platform's own people gave us, where it is at hand, through the running app.</summary>
public sealed class SharedSamplesTests
{
    private const string AwardsFile = "awards/awards-2026-11.csv";
    private const int BadFrom = 133;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_samples_are_dropped_mended_dropped_again_and_renewed_by_completions()
    {
        await using var host = await StartAsync();
        await AssertDirectoryAsync(host);
        var drop = new Drop(host.Lms, host.Storage);

        var first = await drop.ImportAsync(AwardsFile, await SampleAsync("imports", AwardsFile));
        await AssertHoldersAsync(host, fire: 126, gdpr: 1);
        var report = await ReportAsync(host, first);
        AssertReport(report);

        var mended = await drop.ImportAsync(AwardsFile, BinaryData.FromString(Mend(report)));
        Assert.Equal("awarded 7, skipped 129, failed 4", CountsOf(mended));
        await AssertHoldersAsync(host, fire: 127, gdpr: 7);
        var second = await ReportAsync(host, mended);
        Assert.Equal(127, Codes(second).Count(code => code == "already_done"));
        Assert.Equal(2, Codes(second).Count(code => code == "already_held"));

        var again = await drop.ImportAsync(AwardsFile, BinaryData.FromString(second));
        Assert.Equal("awarded 0, skipped 136, failed 4", CountsOf(again));
        await AssertHoldersAsync(host, fire: 127, gdpr: 7);

        var renewed = await SendBatchTwiceAsync(host, version: 2);
        Assert.All(renewed, award => Assert.Equal("2028-11-20", award.GetProperty("expiresOn").GetString()));
        await AssertHoldersAsync(host, fire: 127, gdpr: 7);
        Assert.Empty(await StoreCheck.RunAsync(host.Storage));
    }

    [Fact]
    public async Task The_samples_completions_award_each_active_user_once()
    {
        await using var host = await StartAsync();
        await AssertDirectoryAsync(host);

        await SendBatchTwiceAsync(host, version: 1);

        await AssertHoldersAsync(host, fire: 24, gdpr: 0);
        Assert.Empty(await StoreCheck.RunAsync(host.Storage));
    }

    private static async Task<LmsHost> StartAsync()
    {
        Assert.SkipWhen(SharedSamples.Find("certifications.json") is null, SharedSamples.NotAtHand);
        var host = new LmsHost();
        await host.InitializeAsync();
        return host;
    }

    /// <summary>The certifications by HTTP, then branches, users and groups as files, each after the last job ended.</summary>
    private static async Task AssertDirectoryAsync(LmsHost host)
    {
        foreach (var certification in JsonElement.Parse(await SampleAsync("certifications.json")).EnumerateArray())
        {
            await host.Lms.PutAsync($"api/certifications/{certification.GetProperty("code").GetString()}", certification);
        }

        var drop = new Drop(host.Lms, host.Storage);
        foreach (var (kind, rows) in new[] { ("branches", 10), ("users", 300), ("groups", 257) })
        {
            var job = await drop.ImportAsync($"{kind}/{kind}.csv", await SampleAsync("imports", kind, $"{kind}.csv"));
            Assert.Equal(("completed", rows), (job.GetProperty("status").GetString(), job.GetProperty("updated").GetInt32()));
        }

        Assert.Equal(300, (await host.Lms.ListAsync("api/users?limit=200")).Count);
        Assert.Equal(10, (await host.Lms.ListAsync("api/branches")).Count);
        Assert.Equal(["drivers", "fire-wardens", "first-aiders"], (await host.Lms.ListAsync("api/groups")).Select(group => group.GetProperty("id").GetString()!).Order());
        Assert.Equal(150, (await host.Lms.ListAsync("api/groups/drivers/members")).Count);
    }

    private static async Task AssertHoldersAsync(LmsHost host, int fire, int gdpr) =>
        Assert.Equal((fire, gdpr), (await host.Lms.AwardedToAsync("FIRE-1"), await host.Lms.AwardedToAsync("GDPR-A")));

    private static void AssertReport(string report)
    {
        Assert.StartsWith("\uFEFFusername,", report, StringComparison.Ordinal);
        var lines = Lines(report);
        Assert.Equal(141, lines.Length);
        Assert.Equal([30, 59, 88, 117], Enumerable.Range(1, 141).Where(line => lines[line - 1].Contains(",error,failed,user_deactivated,", StringComparison.Ordinal)));
        Assert.Equal(
            "user_not_found certification_not_found date_invalid expire_before_issue date_invalid expire_required "
            + "expire_given_but_always_valid username_blank type_invalid",
            string.Join(' ', Codes(report).Skip(BadFrom - 2)));
        Assert.Equal(127, lines.Count(line => line.EndsWith(",ok,awarded,,,", StringComparison.Ordinal)));
    }

    /// <summary>Seven of the nine bad rows then award somebody; two were copies of good rows but for the mistake.</summary>
    private static string Mend(string report)
    {
        var lines = Lines(report);
        (string Bad, string Good)[] mistakes =
        [
            ("nobody.here", "tony.131"), ("NO-SUCH", "GDPR-A"), ("02/11/2026", "2026-11-02"), ("2025-11-02", "2028-11-02"), ("2026-02-30", "2026-02-28"),
            (",0,manual", ",1,manual"), ("2027-02-28", ""), (",GDPR-A", "ada.009,GDPR-A"), ("telepathy", "manual"),
        ];
        foreach (var (index, (bad, good)) in mistakes.Index())
        {
            var at = BadFrom - 1 + index;
            Assert.Contains(bad, lines[at], StringComparison.Ordinal);
            lines[at] = lines[at].Replace(bad, good, StringComparison.Ordinal);
        }

        return string.Join("\r\n", lines) + "\r\n";
    }

    /// <returns>The awards of those in the batch.</returns>
    private static async Task<IReadOnlyList<JsonElement>> SendBatchTwiceAsync(LmsHost host, int version)
    {
        var batch = (await SampleAsync("webhooks", "course-completed-batch.json")).ToString();
        var users = JsonElement.Parse(batch).GetProperty("payloads").EnumerateArray().Select(payload => payload.GetProperty("user_id").GetRawText()).ToList();
        Assert.Equal((202, """{"accepted":25}"""), await host.SendAsync(batch));
        Assert.Equal((202, """{"accepted":25}"""), await host.SendAsync(batch));
        await UntilIdleAsync(host);

        var letter = Assert.Single(await host.Lms.ListAsync("api/webhooks/lms/dead-letters"));
        Assert.Equal("user_deactivated", letter.GetProperty("code").GetString());
        var awards = await Task.WhenAll(users.Where(id => id != "10029").Select(id => host.Lms.GetAsync($"api/certifications/FIRE-1/awards/{id}")));
        Assert.Equal(24, awards.Length);
        Assert.All(awards, award => Assert.Equal(
            ("2026-11-20", version), (award.GetProperty("issuedOn").GetString(), award.GetProperty("version").GetInt32())));
        return awards;
    }

    /// <summary>Until the queue holds no message any more, not even one that is being worked on.</summary>
    private static async Task UntilIdleAsync(LmsHost host)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        while ((await host.Storage.Queue(StorageNames.Queues.WebhookMessages).GetPropertiesAsync(limit.Token)).Value.ApproximateMessagesCount > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }

    private static async Task<BinaryData> SampleAsync(params string[] path) =>
        BinaryData.FromBytes(await File.ReadAllBytesAsync(SharedSamples.Find(path)!, Cancellation));

    private static async Task<string> ReportAsync(LmsHost host, JsonElement job) => Encoding.UTF8.GetString(
        await host.Client.GetByteArrayAsync($"api/jobs/{job.GetProperty("id").GetString()}/report", Cancellation));

    private static string[] Lines(string report) => report.TrimEnd().Split("\r\n");

    /// <summary>Of each row, the header left out. No cell of the samples has a comma in it.</summary>
    private static IEnumerable<string> Codes(string report) => Lines(report).Skip(1).Select(line => line.Split(',')[8]);

    private static string CountsOf(JsonElement job) =>
        $"awarded {CountOf("awarded", job)}, skipped {CountOf("skipped", job)}, failed {CountOf("failed", job)}";

    private static int CountOf(string outcome, JsonElement job) => job.GetProperty(outcome).GetInt32();
}
