using CertFunctions.EndToEnd.Tests.Awarding;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.Docs;

/// <summary>The commands of the pages, run as they are printed, each page on a demo organisation of its own.</summary>
public sealed class DocumentedCommandsTests : IAsyncLifetime
{
    private const string Ready = "Ctrl+C stops everything.";

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["Webhooks__Lms__Secrets__0"] = LmsMessage.Secret(7),
        ["Webhooks__Lms__Basic__Username"] = "lms",
        ["Webhooks__Lms__Basic__Password"] = "letmein",
    };

    private readonly string folder = TestFolders.New("reader");
    private HostProcess host = null!;

    public async ValueTask InitializeAsync()
    {
        host = await HostProcess.StartAsync(new HostProcessOptions
        {
            HostOwnsStorage = true,
            DataFolder = Path.Combine(folder, ".local", "data"),
            IsDemo = true,
            Settings = Settings,
        });
        await host.UntilLoggedAsync(Ready);
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task The_tour_of_the_readme_does_what_it_says()
    {
        var output = await RunAsync("README.md");

        var lms = new LmsClient(host.Client);
        Assert.NotEmpty(new Page("README.md").ShownLines);
        Assert.All(new Page("README.md").ShownLines, shown => Assert.Contains($"{shown}\n", output, StringComparison.Ordinal));
        Assert.Contains("nobody.here,FIRE-1,2026-11-02,yes,manual,,error,failed,user_not_found", output, StringComparison.Ordinal);
        Assert.Equal(300, (await lms.GetAsync("api/certifications/GDPR")).GetProperty("awardedTo").GetInt32());
        Assert.Equal(1, (await lms.GetAsync("api/certifications/ROPES")).GetProperty("awardedTo").GetInt32());
        Assert.Equal(1, (await lms.GetAsync("api/certifications/ROPES-PRO")).GetProperty("awardedTo").GetInt32());
        Assert.Equal(
            ["revoked", "updated", "awarded"],
            (await lms.ListAsync("api/certifications/FIRST-AID/awards/u-1/history")).Select(version => version.GetProperty("change").GetString()).Take(3));
    }

    [Fact]
    public async Task The_page_of_files_shows_the_report_that_comes()
    {
        var output = await RunAsync("docs/csv.md");

        Assert.EndsWith(Assert.Single(new Page("docs/csv.md").Outputs), output.ReplaceLineEndings("\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_of_the_lms_signs_a_message_that_is_taken()
    {
        var output = await RunAsync("docs/lms.md");

        Assert.Equal(2, output.Split("202 Accepted").Length - 1);
        Assert.Empty(await new LmsClient(host.Client).ListAsync("api/webhooks/lms/dead-letters"));
    }

    private Task<string> RunAsync(string page) => new Shell(folder, host.Client.BaseAddress!, Settings).RunAsync(new Page(page).Commands);
}
