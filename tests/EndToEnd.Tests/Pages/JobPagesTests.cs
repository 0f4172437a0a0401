using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CertFunctions.EndToEnd.Tests.Pages;

[Collection(PagesApp.Collection)]
public sealed class JobPagesTests(PagesApp app)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_of_150_is_watched_and_undone_and_all_is_as_before()
    {
        await PutAsync("PAGE-JOB");
        var id = await AwardAsync("PAGE-JOB", 150);
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync($"/jobs/{id}");

        await Expect(window.Heading("Award PAGE-JOB")).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress" })).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("150 people were awarded.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(50);
        await Expect(window.Button("Cancel")).ToHaveCountAsync(0);
        await window.InspectAsync("job");
        await window.Label("Outcome").SelectOptionAsync("Failed");
        await Expect(window.Page.GetByText("Nobody came to that.")).ToBeVisibleAsync();

        await window.Button("Undo").ClickAsync();
        await Expect(window.Dialog("Undo")).ToContainTextAsync("150 awards");
        await window.Label("Reason").FillAsync("the wrong branch");
        await window.InspectAsync("job-undo");
        await window.Dialog("Undo").GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true }).ClickAsync();
        await Expect(window.Heading("Undo, PAGE-JOB")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("150 unassigned.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await window.Page.GotoAsync("/certifications/PAGE-JOB/awards");
        await Expect(window.Page.GetByText("Nobody holds it yet.")).ToBeVisibleAsync();

        await window.Page.GotoAsync("/jobs?kind=undo");
        await Expect(window.Row("Undo, PAGE-JOB")).ToContainTextAsync("150 of 150");
        await window.InspectAsync("jobs");
    }

    [Fact]
    public async Task An_undo_is_previewed_and_its_plan_carried_out()
    {
        await PutAsync("PAGE-PLAN");
        var id = await AwardAsync("PAGE-PLAN", 2);
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync($"/jobs/{id}/undo");

        await window.Button("Preview").ClickAsync();
        await Expect(window.Heading("Plan: Undo, PAGE-PLAN")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("Nothing has been changed yet.")).ToBeVisibleAsync();
        await window.InspectAsync("job-plan");
        await window.Button("Apply plan").ClickAsync();
        await Expect(window.Heading("Undo, PAGE-PLAN")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText("2 unassigned.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_file_with_a_bad_row_is_checked_carried_out_mended_and_sent_again()
    {
        await PutAsync("PAGE-CSV");
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/imports");
        await Expect(window.Label("Check first")).ToBeCheckedAsync();
        await window.Button("Send").ClickAsync();
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("CSV file is required.");
        await window.InspectAsync("imports");
        await window.Label("Kind").SelectOptionAsync("Users");
        await Expect(window.Label("Check first")).ToHaveCountAsync(0);
        await window.Label("Kind").SelectOptionAsync("Awards");

        await SendAsync(window, "username,certification_code,certification_issue_date,always_valid,type\nada.archer,PAGE-CSV,2026-11-01,1,manual\nnobody.here,PAGE-CSV,2026-11-01,1,manual\n");
        await Expect(window.Page.GetByText("1 person would be awarded, 1 would fail.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await window.Button("Apply plan").ClickAsync();
        await Expect(window.Page.GetByText("1 person was awarded, 1 failed.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await Expect(window.Button("Retry failed")).ToBeVisibleAsync();
        await Expect(window.Row("nobody.here")).ToContainTextAsync("user_not_found");
        await window.InspectAsync("job-import");
        var download = await window.Page.RunAndWaitForDownloadAsync(() => window.Button("Download report").ClickAsync());
        var report = await File.ReadAllTextAsync(await download.PathAsync(), Cancellation);

        await window.Link("Mend its rows, and send it again").ClickAsync();
        await window.Label("Check first").UncheckAsync();
        await SendAsync(window, report.Replace("nobody.here", "alan.archer", StringComparison.Ordinal));
        await Expect(window.Page.GetByText("1 person was awarded, 1 skipped.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    private static async Task SendAsync(Window window, string csv)
    {
        await window.Label("CSV file").SetInputFilesAsync(new FilePayload { Name = "page.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(csv) });
        await window.Button("Send").ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(new Regex("/jobs/[0-9a-f]+$"));
    }

    private async Task PutAsync(string code)
    {
        using var put = await (await app.ClientAsync()).PutAsJsonAsync($"api/certifications/{code}", new { title = "Made for jobs" }, Cancellation);
        put.EnsureSuccessStatusCode();
    }

    /// <returns>The job.</returns>
    private async Task<string> AwardAsync(string code, int count)
    {
        var client = await app.ClientAsync();
        var found = await client.GetFromJsonAsync<JsonElement>("api/users?active=true&limit=200", Cancellation);
        var users = found.GetProperty("items").EnumerateArray().Take(count).Select(user => user.GetProperty("userId").GetString()).ToList();
        using var awarded = await client.PostAsJsonAsync($"api/certifications/{code}/awards", new { users }, Cancellation);
        awarded.EnsureSuccessStatusCode();
        return (await awarded.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
    }
}
