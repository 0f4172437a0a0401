using CertFunctions.Core.Certifications;

namespace CertFunctions.Functions.Tests.Awards;

public sealed class EditAwardTests
{
    [Fact]
    public async Task Changes_dates_and_makes_a_new_version()
    {
        var routes = await AwardedAsync();

        var answer = await routes.EditAsync("""{ "issuedOn": "2026-01-01", "expiresOn": "2028-01-01", "reason": "typo" }""", "\"1\"");

        Assert.Equal((200, "\"2\""), (answer.Status, answer.Headers.ETag.ToString()));
        Assert.Equal(
            ("2026-01-01", "2028-01-01", false, 2),
            (answer.Json.GetProperty("issuedOn").GetString(), answer.Json.GetProperty("expiresOn").GetString(),
                answer.Json.GetProperty("alwaysValid").GetBoolean(), answer.Json.GetProperty("version").GetInt32()));
        var newest = (await routes.HistoryAsync()).Json.GetProperty("items")[0];
        Assert.Equal(("updated", "typo"), (newest.GetProperty("change").GetString(), newest.GetProperty("reason").GetString()));
    }

    [Theory]
    [InlineData("""{ "alwaysValid": true }""", null)]
    [InlineData("""{ "expiresOn": null }""", null)]
    [InlineData("""{ "alwaysValid": true, "expiresOn": null }""", null)]
    [InlineData("""{ "alwaysValid": false }""", "2027-11-24")]
    [InlineData("""{ "alwaysValid": false, "expiresOn": "2029-01-01" }""", "2029-01-01")]
    [InlineData("""{ "expiresOn": "2029-01-01" }""", "2029-01-01")]
    public async Task Always_valid_and_an_expiry_exclude_each_other(string json, string? expiresOn)
    {
        var answer = await (await AwardedAsync()).EditAsync(json);

        Assert.Equal(200, answer.Status);
        Assert.Equal(expiresOn, answer.Json.GetProperty("expiresOn").GetString());
        Assert.Equal(expiresOn is null, answer.Json.GetProperty("alwaysValid").GetBoolean());
    }

    [Theory]
    [InlineData("""{ "alwaysValid": true }""", """{ "expiresOn": null }""", "2028-11-24")]
    [InlineData("""{ "alwaysValid": true }""", """{ "alwaysValid": false }""", "2028-11-24")]
    [InlineData("""{ "alwaysValid": true }""", """{ "alwaysValid": null }""", "2028-11-24")]
    [InlineData("""{ "expiresOn": "2029-01-01" }""", """{ "expiresOn": null }""", "2028-11-24")]
    [InlineData("""{ "expiresOn": "2029-01-01" }""", """{ "expiresOn": null, "issuedOn": "2026-01-31" }""", "2028-01-31")]
    [InlineData("""{ "expiresOn": "2029-01-01" }""", """{ "expiresOn": null, "alwaysValid": false }""", "2028-11-24")]
    [InlineData("""{ "expiresOn": "2029-01-01" }""", """{ "alwaysValid": true, "expiresOn": null }""", null)]
    [InlineData("""{ "alwaysValid": true }""", """{ "issuedOn": "2026-01-31" }""", null)]
    public async Task What_takes_the_expiry_away_brings_back_the_validity_of_the_certification(string first, string then, string? expiresOn)
    {
        Assert.True(Validity.TryCreate(2, ValidityUnit.Years, out var twoYears));
        var routes = await AwardedAsync(twoYears);
        await routes.EditAsync(first);

        var answer = await routes.EditAsync(then);

        Assert.Equal(200, answer.Status);
        Assert.Equal(expiresOn, answer.Json.GetProperty("expiresOn").GetString());
        Assert.Equal(expiresOn is null, answer.Json.GetProperty("alwaysValid").GetBoolean());
    }

    [Theory]
    [InlineData("""{ "alwaysValid": true, "expiresOn": "2029-01-01" }""", "expiry_given_but_always_valid")]
    [InlineData("""{ "expiresOn": "2026-11-23" }""", "expires_before_issued")]
    [InlineData("""{ "issuedOn": "2027-11-25" }""", "expires_before_issued")]
    [InlineData("""{ "issuedOn": null }""", "invalid_request")]
    [InlineData("""{ "association": { "type": "completion", "activityType": "externalTraining" } }""", "invalid_request")]
    [InlineData("""{ "association": { "type": "externalTraining" } }""", "external_training_required")]
    [InlineData("""{ "association": { "type": "externalTraining", "activityId": "EXT-404" } }""", "external_training_not_found")]
    [InlineData("""{ "colour": "red" }""", "invalid_request")]
    public async Task Refuses_what_breaks_a_rule(string json, string code)
    {
        var routes = await AwardedAsync();

        var answer = await routes.EditAsync(json);

        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Equal(1, (await routes.GetAsync("u-1")).Json.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Replaces_the_association_whole_and_names_the_training()
    {
        var routes = await AwardedAsync();
        await routes.EditAsync("""{ "association": { "type": "completion", "activityType": "course", "activityId": "C-1" } }""");

        var answer = await routes.EditAsync("""{ "association": { "type": "externalTraining", "activityId": "EXT-9" } }""");

        var association = answer.Json.GetProperty("association");
        Assert.Equal("""{"type":"externalTraining","activityType":null,"activityId":"EXT-9","activityTitle":"Rescue"}""", association.GetRawText());
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_and_changes_nothing()
    {
        var routes = await AwardedAsync();
        await routes.EditAsync("""{ "association": { "type": "externalTraining", "activityId": "EXT-9" } }""");
        var read = await routes.GetAsync("u-1");

        var answer = await routes.EditAsync(read.Body, read.Headers.ETag.ToString());

        Assert.Equal(read.Body, answer.Body);
    }

    [Fact]
    public async Task Refuses_another_version_than_the_latest()
    {
        var routes = await AwardedAsync();
        await routes.EditAsync("""{ "alwaysValid": true }""");

        var answer = await routes.EditAsync("""{ "expiresOn": "2029-01-01" }""", "\"1\"");

        Assert.Equal((412, "version_conflict"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Writers_at_once_without_a_version_all_get_through()
    {
        var routes = await AwardedAsync();

        var answers = await Task.WhenAll(Enumerable.Range(1, 16).Select(n => Task.Run(() => routes.EditAsync($$"""{ "expiresOn": "2029-01-{{n:d2}}" }"""))));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(17, (await routes.GetAsync("u-1")).Json.GetProperty("version").GetInt32());
    }

    /// <param name="validity">Null: the certification never expires, and then an award without an expiry does neither.</param>
    private static async Task<AwardRoutes> AwardedAsync(Validity? validity = null)
    {
        var routes = await AwardRoutes.CreateAsync(validity);
        await routes.AwardAsync("u-1", new DateOnly(2027, 11, 24));
        return routes;
    }
}
