using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Certifications;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Certifications;

public sealed class CertificationFunctionsTests
{
    private readonly FakeAwardCounts counts = new();
    private readonly Lists lists = new(new FakeCursorKeyStore());
    private readonly CertificationService service;

    public CertificationFunctionsTests()
    {
        var store = new FakeCertificationStore();
        service = new CertificationService(store, counts, new CertificationCatalog(store, TimeProvider.System), TimeProvider.System);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_title_alone_is_enough_and_the_rest_has_defaults()
    {
        counts.Holders[CertificationCode.Parse("fire-1")] = 7;
        var answer = await PutAsync("FIRE-1", """{"title":"Fire warden"}""");

        Assert.Equal(201, answer.Status);
        Assert.StartsWith(
            """{"code":"FIRE-1","title":"Fire warden","description":"","validity":null,"renewalWindowDays":0,"renewal":"fromCompletion","activities":[],"status":"active","awardedTo":7,""",
            answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_title_loses_what_nobody_sees_at_its_ends()
    {
        Assert.Equal("Fire warden", Text(await PutAsync("FIRE-1", """{"title":"\u00a0Fire warden\u200b"}"""), "title"));
        Assert.Equal("First aid", Text(await PatchAsync("FIRE-1", """{"title":" First aid\n"}"""), "title"));
        Assert.Equal(["title"], (await PatchAsync("FIRE-1", """{"title":"\ufeff\u00a0"}""")).ErrorPaths);
    }

    [Fact]
    public async Task Put_in_another_case_replaces_the_same_one_and_keeps_spelling_and_status()
    {
        await PutAsync("Fire-1", """{"title":"a","description":"b"}""");
        await ArchiveAsync("fire-1");
        var answer = await PutAsync("FIRE-1", """{"title":"c","status":"active","awardedTo":99}""");

        Assert.Equal(200, answer.Status);
        Assert.Equal(("Fire-1", "", "archived"), (Text(answer, "code"), Text(answer, "description"), Text(answer, "status")));
    }

    [Fact]
    public async Task Patch_changes_what_it_names_sets_back_what_is_null_and_restores()
    {
        await PutAsync("F", """{"title":"a","description":"b","validity":{"value":24,"unit":"months"},"renewalWindowDays":90}""");
        await ArchiveAsync("F");
        var answer = await PatchAsync("F", """{"description":null,"validity":null,"status":"active"}""");

        Assert.Equal((200, "a", "", "active"), (answer.Status, Text(answer, "title"), Text(answer, "description"), Text(answer, "status")));
        Assert.Equal(90, answer.Json.GetProperty("renewalWindowDays").GetInt32());
        Assert.Equal((400, 400), ((await PatchAsync("F", """{"title":null}""")).Status, (await PatchAsync("F", """{"status":null}""")).Status));
    }

    [Theory]
    [InlineData(36_500, "days", 201)]
    [InlineData(36_501, "days", 400)]
    [InlineData(1_200, "months", 201)]
    [InlineData(1_201, "months", 400)]
    [InlineData(100, "years", 201)]
    [InlineData(101, "years", 400)]
    [InlineData(0, "days", 400)]
    [InlineData(1, "weeks", 400)]
    public async Task Validity_is_taken_at_its_limits_and_refused_beyond(int value, string unit, int status) =>
        Assert.Equal(status, (await PutAsync("F", $$$"""{"title":"a","validity":{"value":{{{value}}},"unit":"{{{unit}}}"}}""")).Status);

    [Theory]
    [InlineData("a/b")]
    [InlineData("a#?%")]
    [InlineData("\U0001F600")]
    [InlineData("")]
    public async Task A_bad_code_is_400(string code) => Assert.Equal(400, (await PutAsync(code, """{"title":"a"}""")).Status);

    [Fact]
    public async Task An_unknown_code_is_404_and_a_stale_version_412()
    {
        Assert.Equal((404, 404), ((await PatchAsync("none", "{}")).Status, (await ArchiveAsync("none")).Status));
        await PutAsync("F", """{"title":"a"}""");
        Assert.Equal(412, (await PatchAsync("F", """{"title":"b"}""", "\"7\"")).Status);
        Assert.Equal("\"2\"", (await PatchAsync("F", """{"title":"b"}""", "\"1\"")).Headers.ETag);
    }

    [Fact]
    public async Task Lists_active_ones_unless_asked_otherwise()
    {
        await PutAsync("a", """{"title":"a"}""");
        await PutAsync("b", """{"title":"b"}""");
        await ArchiveAsync("b");

        Assert.Equal((1, 1, 2), (await CountAsync(""), await CountAsync("?status=archived"), await CountAsync("?status=all")));
        var bad = await new ListCertifications(service, lists).Run(TestRequest.Get("/api/certifications?status=gone"), Cancellation);
        Assert.Equal(400, (await TestAnswer.Of(bad)).Status);
    }

    private static string? Text(TestAnswer answer, string name) => answer.Json.GetProperty(name).GetString();

    private async Task<int> CountAsync(string query)
    {
        var result = await new ListCertifications(service, lists).Run(TestRequest.Get($"/api/certifications{query}"), Cancellation);
        return (await TestAnswer.Of(result)).Json.GetProperty("items").GetArrayLength();
    }

    private async Task<TestAnswer> PutAsync(string code, string body) =>
        await TestAnswer.Of(await new PutCertification(service).Run(TestRequest.Put("/api/certifications/x", body), code, Cancellation));

    private async Task<TestAnswer> PatchAsync(string code, string body, string? etag = null)
    {
        var request = TestRequest.Patch("/api/certifications/x", body);
        return await TestAnswer.Of(await new EditCertification(service).Run(etag is null ? request : request.With("If-Match", etag), code, Cancellation));
    }

    private async Task<TestAnswer> ArchiveAsync(string code) =>
        await TestAnswer.Of(await new ArchiveCertification(service).Run(TestRequest.Delete("/api/certifications/x"), code, Cancellation));
}
