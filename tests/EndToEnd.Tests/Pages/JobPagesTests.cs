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

    [Fact]
    public async Task A_job_that_runs_is_cancelled_and_goes_on_where_it_was()
    {
        await PutAsync("PAGE-STOP");
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/imports");
        await window.Label("Check first").UncheckAsync();
        await SendAsync(window, string.Concat(
            Enumerable.Range(0, 30_000).Select(n => $"nobody.{n},PAGE-STOP,2026-11-01,1,manual\n").Prepend("username,certification_code,certification_issue_date,always_valid,type\n")));

        await Expect(window.Page.GetByRole(AriaRole.Progressbar, new() { Name = "Progress" })).ToBeVisibleAsync();
        await window.Button("Cancel").ClickAsync();
        await Expect(window.Button("Resume")).ToBeVisibleAsync();
        await Expect(window.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Cancelled");
        await window.InspectAsync("job-cancelled");

        await window.Button("Resume").ClickAsync();
        await Expect(window.Page.GetByText("30,000 failed.")).ToBeVisibleAsync(new() { Timeout = 120_000 });
    }

    [Fact]
    public async Task What_failed_is_tried_again_once_its_reason_is_gone()
    {
        await PutAsync("PAGE-RETRY");
        var id = await AwardAsync("PAGE-RETRY", ["page-late"]);
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync($"/jobs/{id}");
        await Expect(window.Page.GetByText("1 failed.")).ToBeVisibleAsync();
        using var put = await (await app.ClientAsync()).PutAsJsonAsync("api/users/page-late", new { username = "page.late", firstName = "Lana", lastName = "Late" }, Cancellation);
        put.EnsureSuccessStatusCode();

        await window.Button("Retry failed").ClickAsync();

        await Expect(window.Page.GetByText("1 person was awarded.")).ToBeVisibleAsync();
        await Expect(window.Button("Retry failed")).ToHaveCountAsync(0);
        await Expect(window.Row("page.late")).ToContainTextAsync("Awarded");
    }

    [Fact]
    public async Task A_large_undo_is_not_done_unseen()
    {
        const int Many = PagesApp.ConfirmAbove + 1;
        await PutAsync("PAGE-MANY");
        var id = await AwardAsync("PAGE-MANY", await FindUsersAsync(Many), confirmUsers: Many);
        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync($"/jobs/{id}");
        await Expect(window.Page.GetByText($"{Many} people were awarded.")).ToBeVisibleAsync(new() { Timeout = 60_000 });

        await window.Button("Undo").ClickAsync();
        var dialog = window.Dialog("Undo");
        await Expect(dialog).ToContainTextAsync("That is so many that you first see what would come of it.");
        await Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Undo", Exact = true })).ToHaveCountAsync(0);
        await window.InspectAsync("job-undo-many");
        await window.Button("Preview").ClickAsync();
        await Expect(window.Page.GetByText($"{Many} would be unassigned. Nothing has been changed yet.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        await window.Button("Apply plan").ClickAsync();
        await Expect(window.Heading("Undo, PAGE-MANY")).ToBeVisibleAsync();
        await Expect(window.Page.GetByText($"{Many} unassigned.")).ToBeVisibleAsync(new() { Timeout = 60_000 });
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

    private async Task<string> AwardAsync(string code, int count) => await AwardAsync(code, await FindUsersAsync(count));

    /// <returns>The job.</returns>
    private async Task<string> AwardAsync(string code, IReadOnlyList<string> users, int? confirmUsers = null)
    {
        using var awarded = await (await app.ClientAsync()).PostAsJsonAsync($"api/certifications/{code}/awards", new { users, confirmUsers }, Cancellation);
        awarded.EnsureSuccessStatusCode();
        return (await awarded.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString()!;
    }

    private async Task<IReadOnlyList<string>> FindUsersAsync(int count)
    {
        var client = await app.ClientAsync();
        var (found, cursor) = (new List<string>(), "");
        while (found.Count < count)
        {
            var page = await client.GetFromJsonAsync<JsonElement>($"api/users?active=true&limit=200{cursor}", Cancellation);
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(user => user.GetProperty("userId").GetString()!));
            cursor = $"&cursor={Uri.EscapeDataString(page.GetProperty("nextCursor").GetString() ?? "")}";
        }

        return found[..count];
    }
}
