using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CertFunctions.EndToEnd.Tests.Pages;

[Collection(PagesApp.Collection)]
public sealed class PeoplePagesTests(PagesApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Somebody_is_found_and_shown_with_what_they_hold_and_why()
    {
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/users");
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(50);
        await window.Label("Search").FillAsync("ada arch");
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(1);
        await window.InspectAsync("users");
        await window.Link("ada.archer").ClickAsync();

        await Expect(window.Heading("Ada Archer")).ToBeVisibleAsync();
        await Expect(window.Row("FIRE-1")).ToContainTextAsync("Fire warden");
        await window.InspectAsync("user");
        await window.Link("History of FIRE-1").ClickAsync();
        await Expect(window.Heading("History")).ToBeVisibleAsync();
        await window.Page.GoBackAsync();
        await window.Link("Changes of this user in the audit").ClickAsync();
        await Expect(window.Row("user.created")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Whoever_is_signed_in_sees_what_is_theirs()
    {
        await PutAsync("api/users/local-developer", new { username = "local-developer", firstName = "Local", lastName = "Developer" });
        await PutAsync("api/certifications/PAGE-ME", new { title = "Mine" });
        using var awarded = await (await app.ClientAsync()).PostAsJsonAsync("api/certifications/PAGE-ME/awards", new { users = (string[])["local-developer"] }, Cancellation);
        awarded.EnsureSuccessStatusCode();
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/me");

        await Expect(window.Heading("My certifications")).ToBeVisibleAsync();
        await Expect(window.Row("PAGE-ME")).ToContainTextAsync("Always valid");
        await window.InspectAsync("me");
    }

    [Fact]
    public async Task The_audit_is_filtered_and_says_whether_a_day_is_intact()
    {
        await PutAsync("api/certifications/PAGE-AUDIT", new { title = "Written down" });
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/audit?subject=certifications/PAGE-AUDIT");

        await Expect(window.Label("Of what")).ToHaveValueAsync("certifications/PAGE-AUDIT");
        await Expect(window.Row("certification.created")).ToHaveCountAsync(1);
        await Expect(window.Page.GetByText("as they were written")).ToBeVisibleAsync();
        await window.Page.GetByText("After", new() { Exact = true }).ClickAsync();
        await Expect(window.Page.GetByText("\"Written down\"")).ToBeVisibleAsync();
        await window.InspectAsync("audit");
        await window.Page.GotoAsync("/audit?from=2026-11-02&to=2026-11-01");
        await Expect(window.Page.GetByText("To must not be before “From”.")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("No entry fits.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_dead_letter_is_replayed_in_vain_and_dismissed()
    {
        using var sent = new HttpRequestMessage(HttpMethod.Post, "api/webhooks/lms")
        {
            Content = JsonContent.Create(new
            {
                message_id = "page-1",
                @event = "external.training.approved",
                payload = new { user_id = "page-nobody", external_training_id = "EXT-9", completion_date = "2026-11-01 10:00:00" },
            }),
        };
        sent.Headers.Authorization = new("Basic", Convert.ToBase64String("lms:letmein"u8));
        using var answer = await (await app.ClientAsync()).SendAsync(sent, Cancellation);
        answer.EnsureSuccessStatusCode();
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/webhooks");
        for (var tries = 0; await window.Row("page-1").CountAsync() == 0 && tries < 60; tries++)
        {
            await Task.Delay(500, Cancellation);
            await window.Page.ReloadAsync();
        }

        var row = window.Row("page-1");
        await Expect(row).ToBeVisibleAsync();
        await window.InspectAsync("webhooks");
        await row.GetByRole(AriaRole.Button, new() { Name = "Replay" }).ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("could not be carried out again");
        await row.GetByRole(AriaRole.Button, new() { Name = "Dismiss" }).ClickAsync();
        await Expect(window.Page.GetByText("Nothing is left over")).ToBeVisibleAsync();
    }

    private async Task PutAsync(string path, object body)
    {
        using var put = await (await app.ClientAsync()).PutAsJsonAsync(path, body, Cancellation);
        put.EnsureSuccessStatusCode();
    }
}
