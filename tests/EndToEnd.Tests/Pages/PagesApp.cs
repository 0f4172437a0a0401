using System.Diagnostics.CodeAnalysis;
using CertFunctions.EndToEnd.Tests.Pages;
using CertFunctions.TestWorlds.LocalHost;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(PagesApp))]

namespace CertFunctions.EndToEnd.Tests.Pages;

/// <summary>
/// The app with its little organisation for trying out, and a browser: started by the first test that asks. The tests of pages run one after
/// the other, and each takes a certification of its own.
/// </summary>
public sealed class PagesApp : IAsyncLifetime
{
    public const string Collection = "Pages";

    /// <summary>Fewer people than the organisation has: what changes more is confirmed.</summary>
    public const int ConfirmAbove = 250;

    /// <summary>In milliseconds: a busy machine takes its time.</summary>
    private const float Patience = 20_000;

    private readonly Lazy<Task<HostProcess>> host = new(StartDemoAsync);
    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> browser = new(StartBrowserAsync);

    public static string Screenshots { get; } = Path.Combine(TestFolders.Repository, "TestResults", "pages");

    public async Task<HttpClient> ClientAsync() => (await host.Value).Client;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>A window of its own, with nobody's cookies.</summary>
    public async Task<Window> OpenAsync(BrowserNewContextOptions? options = null, Uri? address = null)
    {
        var context = await (await browser.Value).Browser.NewContextAsync(new BrowserNewContextOptions(options ?? new())
        {
            BaseURL = (address ?? (await ClientAsync()).BaseAddress)!.ToString(),
            Locale = options?.Locale ?? "en-GB",
            ViewportSize = options?.ViewportSize ?? Window.Laptop,
        });
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        return await Window.OpenAsync(context);
    }

    public async ValueTask DisposeAsync()
    {
        if (browser.IsValueCreated)
        {
            var (playwright, chromium) = await browser.Value;
            await chromium.CloseAsync();
            playwright.Dispose();
        }

        if (host.IsValueCreated)
        {
            await (await host.Value).DisposeAsync();
        }
    }

    private static async Task<HostProcess> StartDemoAsync()
    {
        var started = await HostProcess.StartAsync(new HostProcessOptions
        {
            IsDemo = true,
            Settings = new Dictionary<string, string>
            {
                ["Webhooks__Lms__Basic__Username"] = "lms",
                ["Webhooks__Lms__Basic__Password"] = "letmein",
                ["Limits__ConfirmAbove"] = $"{ConfirmAbove}",
            },
        });
        await started.UntilLoggedAsync("Try next:");
        return started;
    }

    [SuppressMessage("Reliability", "CA2000", Justification = "Disposed of with the fixture.")]
    private static async Task<(IPlaywright, IBrowser)> StartBrowserAsync()
    {
        var path = await FindChromiumAsync();
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--no-zygote", "--font-render-hinting=none", "--disable-background-networking"],
        }));
    }

    /// <summary>The one that <c>CHROME_PATH</c> names; else the one that an npm package carries, so that a bare machine will do.</summary>
    private static async Task<string> FindChromiumAsync()
    {
        if (Environment.GetEnvironmentVariable("CHROME_PATH") is { Length: > 0 } installed)
        {
            return installed;
        }

        var folder = await NodePackages.InstallAsync("Pages");
        var (_, output, errors) = await NodePackages.RunAsync(
            "node", ["--input-type=module", "-e", "import c from '@sparticuz/chromium'; console.log(await c.executablePath())"], folder);
        return output.Trim() is { Length: > 0 } path ? path : throw new InvalidOperationException(errors);
    }
}
