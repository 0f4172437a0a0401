using System.Net.Http.Json;
using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace CertFunctions.EndToEnd.Tests.Pages;

[Collection(PagesApp.Collection)]
public sealed class CertificationPagesTests(PagesApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_start_is_the_list_of_certifications_with_how_many_hold_each()
    {
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/");

        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/certifications$"));
        await Expect(window.Heading("Certifications")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("Development: everybody")).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(Microsoft.Playwright.AriaRole.Columnheader)).ToHaveTextAsync(["Code", "Title", "Validity", "Awarded To", "Status", "Actions"]);
        await Expect(window.Row("FIRE-1").GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "300" })).ToHaveAttributeAsync("href", "/certifications/FIRE-1/awards");
        await window.InspectAsync("certifications");

        await window.Label("Search").FillAsync("crane");
        await Expect(window.Row("FIRE-1")).ToHaveCountAsync(0);
        await Expect(window.Row("CRANE-2")).ToBeVisibleAsync();
        await Expect(window.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex(@"search=crane"));
        await window.Page.ReloadAsync();
        await Expect(window.Row("CRANE-2")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_certification_is_made_edited_archived_and_restored()
    {
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/certifications");

        await window.Button("New certification").ClickAsync();
        var dialog = window.Dialog("New certification");
        await Expect(window.Label("Code")).ToBeFocusedAsync();
        await window.Label("Code").FillAsync("bad code");
        await window.Button("Save").ClickAsync();
        await Expect(dialog.GetByRole(Microsoft.Playwright.AriaRole.Alert)).ToContainTextAsync("Title is required.");
        await Expect(window.Label("Title")).ToHaveAttributeAsync("aria-invalid", "true");
        await window.InspectAsync("certification-new");
        await window.Label("Code").FillAsync("PAGE-1");
        await window.Label("Title").FillAsync("Made on a page");
        await window.Label("Valid for").FillAsync("18");
        await window.Label("Courses").FillAsync("C-1 C-2");
        await window.Button("Save").ClickAsync();
        await Expect(window.Row("PAGE-1")).ToContainTextAsync("18 months");

        await window.Button("Actions for PAGE-1").ClickAsync();
        await window.Page.ScreenshotAsync(new() { Path = Path.Combine(PagesApp.Screenshots, "row-menu.png") });
        await window.Link("Edit").ClickAsync();
        await Expect(window.Dialog("Edit PAGE-1")).ToBeVisibleAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(window.Button("Actions for PAGE-1")).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Enter");
        await window.Link("Edit").ClickAsync();
        await ChangeBehindAsync("PAGE-1", "Renamed by somebody");
        await window.Label("Title").FillAsync("Mine");
        await window.Button("Save").ClickAsync();
        await Expect(window.Dialog("Edit PAGE-1")).ToContainTextAsync("Renamed by somebody");
        await window.Button("Save").ClickAsync();
        await Expect(window.Row("PAGE-1")).ToContainTextAsync("Mine");

        await window.Button("Actions for PAGE-1").ClickAsync();
        await window.Button("Archive").ClickAsync();
        await Expect(window.Row("PAGE-1")).ToContainTextAsync("Archived");
        await window.Button("Actions for PAGE-1").ClickAsync();
        await window.Button("Restore").ClickAsync();
        await Expect(window.Row("PAGE-1")).ToContainTextAsync("Active");
    }

    private async Task ChangeBehindAsync(string code, string title)
    {
        using var changed = await (await app.ClientAsync()).PatchAsync(
            $"api/certifications/{code}", JsonContent.Create(new { title }, options: JsonSerializerOptions.Web), Cancellation);
        changed.EnsureSuccessStatusCode();
    }
}
