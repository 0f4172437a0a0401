using System.Net.Http.Json;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CertFunctions.EndToEnd.Tests.Pages;

[Collection(PagesApp.Collection)]
public sealed class ForecastPagesTests(PagesApp app)
{
    private const string Code = "PAGE-LACK";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_lacks_it_is_selected_and_awarded_and_shows_in_the_month_in_which_that_expires()
    {
        using var put = await (await app.ClientAsync()).PutAsJsonAsync($"api/certifications/{Code}", new { title = "Lacked" }, Cancellation);
        put.EnsureSuccessStatusCode();
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync($"/certifications/{Code}/awards");
        await window.Link("Missing").ClickAsync();
        await Expect(window.Heading("Missing")).ToBeVisibleAsync();
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(50);
        await window.InspectAsync("missing");

        var selected = window.Page.Locator("tbody input[type=checkbox]").First;
        var username = (await selected.GetAttributeAsync("aria-label"))!["Select ".Length..];
        await selected.CheckAsync();
        await window.Button("Award users").ClickAsync();
        await Expect(window.Dialog("Award users").GetByText("1 person")).ToBeVisibleAsync();
        await window.Button("Next").ClickAsync();
        await window.Label("Expiration date").FillAsync("2031-03-15");
        await window.Button("Next").ClickAsync();
        await Expect(window.Label("Association type")).ToBeVisibleAsync();
        await window.Button("Next").ClickAsync();
        await window.Button("Confirm").ClickAsync();
        await Expect(window.Heading("Awarded Users")).ToBeVisibleAsync();
        await Expect(window.Row(username)).ToBeVisibleAsync();

        await window.Page.GotoAsync($"/certifications/{Code}/forecast?months=120");
        await Expect(window.Heading("Forecast")).ToBeVisibleAsync();
        await Expect(window.Row("March 2031")).ToContainTextAsync("1");
        await window.Link("March 2031").ClickAsync();
        await Expect(window.Row(username)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_forecast_of_all_adds_up_and_leads_to_the_people_of_a_month()
    {
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/forecast");

        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(24 + 3);
        await Expect(window.Page.Locator("svg rect")).ToHaveCountAsync(24);
        await window.InspectAsync("forecast");
        await window.Page.Locator("tbody a").First.ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Expiring in ") })).ToBeVisibleAsync();
        await window.InspectAsync("forecast-month");
        Assert.Equal(400, (await window.Page.GotoAsync("/forecast/soon"))!.Status);
    }
}
