namespace CertFunctions.EndToEnd.Tests.Headers;

public sealed class PreconditionTests(ProductHost product)
{
    private static readonly (int, string?) Conflict = (412, "version_conflict");

    /// <summary>A path and two bodies for it.</summary>
    public static TheoryData<string, string, string> Resources => new()
    {
        { "api/users/pre-u", """{"username":"pre-u","firstName":"Ada","lastName":"Byron"}""", """{"username":"pre-u","firstName":"Ada","lastName":"Lovelace"}""" },
        { "api/groups/pre-g", """{"name":"One"}""", """{"name":"Two"}""" },
        { "api/branches/pre-b", """{"name":"One"}""", """{"name":"Two"}""" },
        { "api/external-trainings/pre-t", """{"title":"One"}""", """{"title":"Two"}""" },
        { "api/certifications/PRE-1", """{"title":"One"}""", """{"title":"Two"}""" },
    };

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task A_put_heeds_If_Match_and_If_None_Match(string path, string one, string two)
    {
        Assert.Equal(Conflict, await PutAsync(path, one, "If-Match", "*"));
        Assert.Equal(Conflict, await PutAsync(path, one, "If-Match", "\"1\""));
        var created = await Call.Async(product, "PUT", path, one, "If-None-Match", "*");
        Assert.Equal((201, created.ETag), (created.Status, (await GetAsync(path)).ETag));
        Assert.Equal(Conflict, await PutAsync(path, two, "If-None-Match", "*"));
        Assert.Equal(Conflict, await PutAsync(path, two, "If-Match", "\"nope\""));
        Assert.Equal(Conflict, await PutAsync(path, two, "If-Match", $"W/{created.ETag}"));
        Assert.Equal(created.ETag, (await GetAsync(path)).ETag);

        var changed = await Call.Async(product, "PUT", path, two, "If-Match", created.ETag!);
        Assert.Equal(200, changed.Status);
        Assert.NotEqual(created.ETag, changed.ETag);
        Assert.Equal(Conflict, await PutAsync(path, one, "If-Match", created.ETag!));
        Assert.Equal((200, null), await PutAsync(path, one, "If-Match", $"\"nope\", {changed.ETag}"));
        Assert.Equal((200, null), await PutAsync(path, two));
    }

    [Theory]
    [InlineData("If-Match", "1")]
    [InlineData("If-Match", "\"1")]
    [InlineData("If-Match", "*, \"1\"")]
    [InlineData("If-Match", "\"1\" \"2\"")]
    [InlineData("If-None-Match", "\"1\"")]
    [InlineData("If-None-Match", "nope")]
    public async Task A_precondition_that_is_none_is_400(string header, string value)
    {
        foreach (var (path, body, _) in Resources.Select(row => row.Data))
        {
            var refused = await Call.Async(product, "PUT", path, body, header, value);

            Assert.Equal((400, "invalid_request"), (refused.Status, refused.Code));
            Assert.True(refused.Json.GetProperty("errors").TryGetProperty(header, out _), path);
        }
    }

    [Theory]
    [InlineData("api/users/del-u", """{"username":"del-u","firstName":"Ada","lastName":"Byron"}""")]
    [InlineData("api/groups/del-g", """{"name":"One"}""")]
    [InlineData("api/branches/del-b", """{"name":"One"}""")]
    [InlineData("api/certifications/DEL-1", """{"title":"One"}""")]
    public async Task A_delete_heeds_If_Match(string path, string body)
    {
        var made = await Call.Async(product, "PUT", path, body);

        Assert.Equal(Conflict, await DeleteAsync(path, "\"nope\""));
        Assert.Equal((204, null), await DeleteAsync(path, made.ETag!));
    }

    [Fact]
    public async Task An_edit_of_a_certification_heeds_If_Match()
    {
        var made = await Call.Async(product, "PUT", "api/certifications/PATCH-1", """{"title":"One"}""");

        Assert.Equal(Conflict, await EditAsync("\"nope\""));
        Assert.Equal((200, null), await EditAsync(made.ETag!));
        Assert.Equal(Conflict, await EditAsync(made.ETag!));

        async Task<(int, string?)> EditAsync(string tag) =>
            Of(await Call.Async(product, "PATCH", "api/certifications/PATCH-1", """{"title":"Two"}""", "If-Match", tag));
    }

    [Fact]
    public async Task An_award_has_a_version_of_its_own_and_leaves_the_certification_its_version()
    {
        var user = """{"username":"pre-award","firstName":"Ada","lastName":"Byron"}""";
        await Call.Async(product, "PUT", "api/users/pre-award", user);
        var certification = await Call.Async(product, "PUT", "api/certifications/PRE-AWARD", """{"title":"One"}""");
        await Call.Async(product, "POST", "api/certifications/PRE-AWARD/awards", """{"users":["pre-award"],"alwaysValid":true}""");
        await Call.Async(product, "PUT", "api/users/pre-award", user.Replace("Byron", "Lovelace", StringComparison.Ordinal));
        Assert.Equal(certification.ETag, (await GetAsync("api/certifications/PRE-AWARD")).ETag);

        const string path = "api/certifications/PRE-AWARD/awards/pre-award";
        var awarded = await GetAsync(path);
        Assert.Equal(("\"1\"", "Lovelace"), (awarded.ETag, awarded.Json.GetProperty("lastName").GetString()));
        const string edit = """{"expiresOn":"2999-01-01"}""";
        Assert.Equal(Conflict, Of(await Call.Async(product, "PATCH", path, edit, "If-Match", "\"9\"")));
        var edited = await Call.Async(product, "PATCH", path, edit, "If-Match", awarded.ETag!);
        Assert.Equal((200, "\"2\""), (edited.Status, edited.ETag));
        Assert.Equal(Conflict, await DeleteAsync(path, awarded.ETag!));
        Assert.Equal((204, null), await DeleteAsync(path, edited.ETag!));
    }

    private static (int, string?) Of(Call call) => (call.Status, call.Code is null or { Length: 0 } || call.Status < 400 ? null : call.Code);

    private async Task<(int, string?)> PutAsync(string path, string body, string? header = null, string value = "") =>
        Of(await Call.Async(product, "PUT", path, body, header, value));

    private async Task<(int, string?)> DeleteAsync(string path, string tag) => Of(await Call.Async(product, "DELETE", path, null, "If-Match", tag));

    private Task<Call> GetAsync(string path) => Call.Async(product, "GET", path);
}
