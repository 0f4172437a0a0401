using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CertFunctions.EndToEnd.Tests.Pages;

/// <summary>A window of the browser. Whatever its console complains of fails the test.</summary>
public sealed class Window : IAsyncDisposable
{
    public static readonly ViewportSize Laptop = new() { Width = 1280, Height = 800 };
    public static readonly ViewportSize Phone = new() { Width = 360, Height = 740 };

    /// <summary>
    /// A refusal is shown on the page, and the browser logs its status as well; a search that goes on gives up the request before; and where axe has
    /// left an empty style on an element, htmx copies it to the one that comes in its place (the hash is that of nothing).
    /// </summary>
    private static readonly string[] Expected =
        ["the server responded with a status of", "htmx:sendAbort", "htmx:afterRequest", "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="];

    private readonly List<string> complaints = [];

    /// <summary>What axe and a screenshot try out the policy forbids, too.</summary>
    private bool isInspecting;

    private Window(IBrowserContext context, IPage page)
    {
        Context = context;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && !isInspecting && !Expected.Any(expected => message.Text.Contains(expected, StringComparison.Ordinal)))
            {
                complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => complaints.Add(error);
        page.Dialog += (_, dialog) =>
        {
            complaints.Add($"A script ran: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IBrowserContext Context { get; }

    public IPage Page { get; }

    public static async Task<Window> OpenAsync(IBrowserContext context) => new(context, await context.NewPageAsync());

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Label(string name) => Page.GetByLabel(name, new() { Exact = true });

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public ILocator Dialog(string name) => Page.GetByRole(AriaRole.Dialog, new() { Name = name, Exact = true });

    /// <summary>The row of a table in which this text stands.</summary>
    public ILocator Row(string text) => Page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    /// <summary>What axe finds, the page is made no wider than the window, and it is kept as a picture; light and dark, on a laptop and on a phone.</summary>
    public async Task InspectAsync(string name)
    {
        Directory.CreateDirectory(PagesApp.Screenshots);
        isInspecting = true;
        foreach (var (size, sizeName) in new[] { (Phone, "phone"), (Laptop, "laptop") })
        {
            await Page.SetViewportSizeAsync(size.Width, size.Height);
            foreach (var scheme in new[] { ColorScheme.Dark, ColorScheme.Light })
            {
                await Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
                await Page.ScreenshotAsync(new() { Path = Path.Combine(PagesApp.Screenshots, $"{name}-{sizeName}-{scheme}.png".ToLowerInvariant()) });
                var found = await Page.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
                Assert.True(found.Violations.Length == 0, $"{name} {sizeName} {scheme}: {string.Join("\n", found.Violations.Select(Describe))}");
            }

            var overflow = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overflow <= 0, $"{name} on a {sizeName} is {overflow} pixels too wide");
        }

        isInspecting = false;
    }

    public async ValueTask DisposeAsync()
    {
        await Context.CloseAsync();
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}: {string.Join(" | ", violation.Nodes.Take(3).Select(node => $"{node.Html} {string.Join(' ', node.Any.Concat(node.All).Concat(node.None).Select(check => check.Message))}"))}";
}
