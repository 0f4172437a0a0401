using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using CertFunctions.TestWorlds.LocalHost;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CertFunctions.EndToEnd.Tests.Pages;

[Collection(PagesApp.Collection)]
public sealed class AwardPagesTests(PagesApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_awarded_users_are_searched_filtered_sorted_paged_and_downloaded()
    {
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/certifications/FIRE-1/awards");

        await Expect(window.Heading("Awarded Users")).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(
            ["Username", "Name", "Issued", "Days to renew", "Expires", "Association", "Status", "Actions"]);
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(50);
        await window.InspectAsync("awarded-users");
        await window.Link("Next page").ClickAsync();
        await Expect(window.Link("First page")).ToBeVisibleAsync();
        await window.Page.GoBackAsync();
        await window.Label("Search").FillAsync("ada.");
        await Expect(window.Page).ToHaveURLAsync(new Regex("search=ada"));
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(15);
        await window.Label("Status").SelectOptionAsync("Expired");
        await Expect(window.Page.GetByText("Nobody fits.")).ToBeVisibleAsync();
        await window.InspectAsync("awarded-users-empty");

        await window.Label("Search").FillAsync("");
        await window.Label("Status").SelectOptionAsync("All");
        await window.Label("As of").FillAsync("2020-01-31");
        await Expect(window.Page.GetByText("Who held it at the end of 31 Jan 2020, as it is known now.")).ToBeVisibleAsync();
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(0);
        await window.Page.GotoAsync("/certifications/CRANE-2/awards?asOf=2099-12-31");
        await Expect(window.Page.Locator("tbody tr").First).ToContainTextAsync("Expired");
        await window.InspectAsync("awarded-users-as-of");

        await window.Page.GotoAsync("/certifications/FIRE-1/awards");
        var file = await window.Page.RunAndWaitForDownloadAsync(() => window.Link("Download CSV").ClickAsync());
        Assert.Equal("awards-FIRE-1.csv", file.SuggestedFilename);
    }

    [Fact]
    public async Task One_is_awarded_edited_while_somebody_else_does_and_unassigned()
    {
        await PutAsync("PAGE-EDIT", "Edited on a page");
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/certifications/PAGE-EDIT/awards");

        await window.Button("Award users").ClickAsync();
        await window.Label("Users").FillAsync("ada.archer");
        await window.Dialog("Award users").GetByRole(AriaRole.Option).First.ClickAsync();
        await Expect(window.Page.GetByText("That is 1 person.")).ToBeVisibleAsync();
        await window.InspectAsync("award-1-people");
        await window.Button("Next").ClickAsync();
        await window.Label("Issue date").FillAsync("2026-11-01");
        await window.Label("Expiration date").FillAsync("2026-10-01");
        await window.Button("Next").ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Expiration date must not be before “Issue date”.");
        await window.InspectAsync("award-2-dates");
        await window.Label("Expiration date").FillAsync("2028-11-01");
        await window.Button("Next").ClickAsync();
        await window.Label("Reason").FillAsync("course <script>alert(1)</script>");
        await window.InspectAsync("award-3-association");
        await window.Button("Next").ClickAsync();
        await Expect(window.Page.GetByText("1 person gets it until 1 Nov 2028.")).ToBeVisibleAsync();
        await window.InspectAsync("award-4-preview");
        await window.Button("Confirm").ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 person was awarded.");
        await Expect(window.Row("ada.archer")).ToContainTextAsync("1 Nov 2028");

        await OpenAsync(window, "Edit");
        await Expect(window.Label("Expiration date")).ToHaveValueAsync("2028-11-01");
        await window.Label("Always valid").CheckAsync();
        await Expect(window.Page.GetByText("It is valid for ever instead of until 1 Nov 2028.")).ToBeVisibleAsync();
        await window.InspectAsync("edit-award");
        await ChangeBehindAsync("PAGE-EDIT", "2030-01-31");
        await window.Button("Confirm").ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody else has changed this award");
        await Expect(window.Dialog("Edit award")).ToContainTextAsync("31 Jan 2030");
        await window.InspectAsync("edit-award-conflict");
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(window.Button("Actions for ada.archer")).ToBeFocusedAsync();

        await OpenAsync(window, "Unassign");
        await window.Label("Reason").FillAsync("left");
        await window.InspectAsync("unassign");
        await window.Dialog("Unassign").GetByRole(AriaRole.Button, new() { Name = "Unassign" }).ClickAsync();
        await Expect(window.Page.GetByText("Nobody holds it yet.")).ToBeVisibleAsync();

        await window.Page.GotoAsync($"/users/{await IdOfAsync("ada.archer")}");
        await Expect(window.Page.GetByRole(AriaRole.Region, new() { Name = "No longer held" }).GetByRole(AriaRole.Row).Filter(new() { HasText = "PAGE-EDIT" })).ToContainTextAsync("left");
        await window.InspectAsync("user-ended");
        await window.Link("History of PAGE-EDIT").ClickAsync();
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(3);
        await Expect(window.Row("Awarded")).ToContainTextAsync("course <script>alert(1)</script>");
        await window.InspectAsync("history");
    }

    [Fact]
    public async Task A_branch_of_300_is_awarded_by_keyboard_alone_with_a_preview_and_ends_at_the_job()
    {
        await PutAsync("PAGE-BULK", "Awarded by keyboard");
        await using var window = await app.OpenAsync();
        var keys = window.Page.Keyboard;
        await window.Page.GotoAsync("/certifications/PAGE-BULK/awards");

        await window.Button("Award users").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(window.Label("Users")).ToBeFocusedAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Tab");
        await Expect(window.Label("Branches")).ToBeFocusedAsync();
        await keys.TypeAsync("acm");
        await Expect(window.Dialog("Award users").GetByRole(AriaRole.Option)).ToHaveCountAsync(1);
        await keys.PressAsync("ArrowDown");
        await keys.PressAsync("Enter");
        await Expect(window.Button("Remove Acme")).ToBeVisibleAsync();
        await window.Label("Include sub-branches").FocusAsync();
        await keys.PressAsync("Space");
        await Expect(window.Page.GetByText("That is 300 people.")).ToBeVisibleAsync();
        foreach (var field in (string[])["Issue date", "Association type"])
        {
            await window.Button("Next").FocusAsync();
            await keys.PressAsync("Enter");
            await Expect(window.Label(field)).ToBeVisibleAsync();
        }

        await window.Button("Next").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(window.Page.GetByText("300 people get it until")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await window.InspectAsync("award-bulk-preview");
        await window.Button("Confirm").FocusAsync();
        await keys.PressAsync("Enter");
        await Expect(window.Page).ToHaveURLAsync(new Regex("/jobs/[0-9a-f]+$"));
    }

    [Fact]
    public async Task What_has_changed_since_the_preview_is_shown_in_a_new_one()
    {
        await PutAsync("PAGE-MOVED", "Awarded by two");
        var ada = await IdOfAsync("ada.archer");
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync($"/certifications/PAGE-MOVED/awards/new?users={ada}&users={await IdOfAsync("alan.archer")}");
        foreach (var field in (string[])["Issue date", "Association type"])
        {
            await window.Button("Next").ClickAsync();
            await Expect(window.Label(field)).ToBeVisibleAsync();
        }

        await window.Button("Next").ClickAsync();
        await Expect(window.Page.GetByText("2 people get it until")).ToBeVisibleAsync();
        using var awarded = await (await app.ClientAsync()).PostAsJsonAsync("api/certifications/PAGE-MOVED/awards", new { users = (string[])[ada] }, Cancellation);
        awarded.EnsureSuccessStatusCode();
        await window.Button("Confirm").ClickAsync();

        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("This is the new preview.");
        await Expect(window.Page.GetByText(new Regex("^1 person gets it until .+, 1 already holds it as long or longer"))).ToBeVisibleAsync();
        await window.InspectAsync("award-outdated");
        await window.Button("Confirm").ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("1 person was awarded, 1 skipped.");
    }

    /// <summary>README opens with this picture, and with that of the awarded users.</summary>
    [Fact]
    public async Task The_preview_says_who_gets_it_and_who_is_renewed()
    {
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/certifications/FIRST-AID/awards/new?groups=first-aiders&branches=north");
        foreach (var field in (string[])["Issue date", "Association type"])
        {
            await window.Button("Next").ClickAsync();
            await Expect(window.Label(field)).ToBeVisibleAsync();
        }

        await window.Button("Next").ClickAsync();
        await Expect(window.Page.GetByText(new Regex(@"^\d+ people get it until .+, 38 are renewed until .+\.$"))).ToBeVisibleAsync();
        await window.InspectAsync("preview");
        Assert.All(Directory.GetFiles(Path.Combine(TestFolders.Repository, "docs/pages")), picture => Assert.InRange(new FileInfo(picture).Length, 1, 200 * 1024));
    }

    private async Task PutAsync(string code, string title)
    {
        using var put = await (await app.ClientAsync()).PutAsJsonAsync(
            $"api/certifications/{code}", new { title, validity = new { value = 24, unit = "months" }, renewalWindowDays = 90 }, Cancellation);
        put.EnsureSuccessStatusCode();
    }

    private async Task ChangeBehindAsync(string code, string expiresOn)
    {
        using var changed = await (await app.ClientAsync()).PatchAsync(
            $"api/certifications/{code}/awards/{await IdOfAsync("ada.archer")}", JsonContent.Create(new { expiresOn, reason = "by the board" }), Cancellation);
        changed.EnsureSuccessStatusCode();
    }

    private async Task<string> IdOfAsync(string username)
    {
        var found = await (await app.ClientAsync()).GetFromJsonAsync<JsonElement>($"api/users?search={username}", Cancellation);
        return found.GetProperty("items")[0].GetProperty("userId").GetString()!;
    }

    private static async Task OpenAsync(Window window, string action)
    {
        await window.Button("Actions for ada.archer").ClickAsync();
        await window.Link(action).ClickAsync();
    }
}
