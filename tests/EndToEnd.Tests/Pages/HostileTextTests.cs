using System.Net.Http.Json;
using System.Text.Json;
using static Microsoft.Playwright.Assertions;

namespace CertFunctions.EndToEnd.Tests.Pages;

/// <summary>What people may be called, and what others make of that.</summary>
[Collection(PagesApp.Collection)]
public sealed class HostileTextTests(PagesApp app)
{
    private const string Markup = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&amp;";
    private const string RightToLeft = "\u202Eمحمد\u202C عبد الله";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Markup_right_to_left_text_emoji_and_255_characters_are_only_text_on_every_page()
    {
        await PutAsync("api/certifications/HOSTILE", new { title = Markup });
        await PutAsync("api/users/hostile-1", new { username = "hostile" + new string('x', 248), firstName = Markup, lastName = new string('W', 255) });
        await PutAsync("api/users/hostile-2", new { username = "hostile\"><b>2", firstName = RightToLeft, lastName = "👩‍🚒🧯🔥" });
        using var awarded = await (await app.ClientAsync()).PostAsJsonAsync(
            "api/certifications/HOSTILE/awards", new { users = (string[])["hostile-1", "hostile-2"], reason = Markup }, Cancellation);
        awarded.EnsureSuccessStatusCode();
        var job = (await awarded.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("id").GetString();
        await PutAsync("api/users/hostile-3", new { username = "hostile-3</script>", firstName = Markup, lastName = RightToLeft });
        await PutAsync("api/users/local-developer", new { username = "local-developer", firstName = Markup, lastName = RightToLeft });

        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/certifications?search=hostile");
        await Expect(window.Row("HOSTILE")).ToContainTextAsync(Markup);
        foreach (var (name, path) in (IEnumerable<(string, string)>)
        [
            ("awards", "certifications/HOSTILE/awards"),
            ("award", "certifications/HOSTILE/awards/new?users=hostile-1&users=hostile-2"),
            ("edit", "certifications/HOSTILE/awards/hostile-1/edit"),
            ("unassign", "certifications/HOSTILE/awards/hostile-2/unassign"),
            ("history", "certifications/HOSTILE/awards/hostile-1/history"),
            ("certification", "certifications/HOSTILE/edit"),
            ("retroactive", "certifications/HOSTILE/award-retroactively"),
            ("missing", "certifications/HOSTILE/missing"),
            ("forecast", "certifications/HOSTILE/forecast"),
            ("users", "users?search=hostile"),
            ("user", "users/hostile-1"),
            ("job", $"jobs/{job}"),
            ("job-undo", $"jobs/{job}/undo"),
            ("audit", "audit?subject=users/hostile-2"),
            ("me", "me"),
        ])
        {
            Assert.Equal((path, 200), (path, (await window.Page.GotoAsync($"/{path}"))!.Status));
            await Expect(window.Page.Locator("script:not([src]), img, b")).ToHaveCountAsync(0);
            await window.InspectAsync($"hostile-{name}");
        }
    }

    private async Task PutAsync(string path, object body)
    {
        using var put = await (await app.ClientAsync()).PutAsJsonAsync(path, body, Cancellation);
        put.EnsureSuccessStatusCode();
    }
}
