using System.Net.Http.Json;
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

        await using var window = await app.OpenAsync();
        await window.Page.GotoAsync("/certifications?search=hostile");
        await Expect(window.Row("HOSTILE")).ToContainTextAsync(Markup);
        foreach (var path in (string[])["awards", "awards/new?users=hostile-1&users=hostile-2", "awards/hostile-1/edit", "awards/hostile-2/unassign", "awards/hostile-1/history", "edit", "award-retroactively"])
        {
            await window.Page.GotoAsync($"/certifications/HOSTILE/{path}");
            await Expect(window.Page.Locator("script:not([src]), img, b")).ToHaveCountAsync(0);
            await window.InspectAsync($"hostile-{path.Split('?')[0].Replace('/', '-')}");
        }
    }

    private async Task PutAsync(string path, object body)
    {
        using var put = await (await app.ClientAsync()).PutAsJsonAsync(path, body, Cancellation);
        put.EnsureSuccessStatusCode();
    }
}
