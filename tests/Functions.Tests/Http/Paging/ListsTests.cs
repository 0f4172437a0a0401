using CertFunctions.Core;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.TestWorlds.Fakes;
using CertFunctions.TestWorlds.Http;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Tests.Http.Paging;

public sealed class ListsTests
{
    private readonly Lists lists = new(new FakeCursorKeyStore());

    [Fact]
    public async Task Answers_items_and_a_cursor_that_leads_to_the_next_page()
    {
        var answer = await AnswerAsync("/api/users?search=a&limit=2");

        Assert.Equal(["A", "B"], answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetString()));
        var cursor = answer.Json.GetProperty("nextCursor").GetString();
        Assert.Equal(("after b/ü", null), await ReadAsync($"/api/users?search=a&limit=2&cursor={cursor}"));
    }

    [Fact]
    public async Task A_page_has_50_rows_unless_another_number_is_asked_for()
    {
        var page = await lists.ReadAsync(HttpInput.Of(TestRequest.Get("/api/users")), TestContext.Current.CancellationToken);

        Assert.Equal(new PageRequest(Limits.DefaultPageSize, null), page);
    }

    [Theory]
    [InlineData("text/csv", 406)]
    [InlineData("application/json;q=0", 406)]
    [InlineData("application/json;q=0, */*", 406)]
    [InlineData("text/csv, APPLICATION/*;q=0.1", 200)]
    [InlineData("text/html, */*;q=0.8", 200)]
    [InlineData("application/json; charset=utf-8", 200)]
    [InlineData("nonsense", 200)]
    [InlineData("", 200)]
    public async Task A_list_is_406_for_who_takes_no_JSON(string accept, int status)
    {
        var input = HttpInput.Of(TestRequest.Get("/api/users").With("Accept", accept));
        await lists.ReadAsync(input, TestContext.Current.CancellationToken);

        Assert.Equal(status == 200 ? null : "not_acceptable", input.Refused(out var problem) ? problem.Code : null);
        Assert.Equal(status, problem?.Status ?? 200);
    }

    [Fact]
    public async Task The_last_page_has_a_null_cursor()
    {
        var input = HttpInput.Of(TestRequest.Get("/api/users"));

        var answer = await TestAnswer.Of(await lists.AnswerAsync(input, new Page<string>([], null), x => x, TestContext.Current.CancellationToken));

        Assert.Equal("""{"items":[],"nextCursor":null}""", answer.Body);
    }

    [Theory]
    [InlineData("/api/users?cursor={0}&search=a", null)]
    [InlineData("/api/users?cursor={0}&limit=7&search=a", null)]
    [InlineData("/api/users?cursor={0}&search=a&code=key", null)]
    [InlineData("/api/users?cursor={0}&search=b", "invalid_cursor")]
    [InlineData("/api/users?cursor={0}", "invalid_cursor")]
    [InlineData("/api/groups?cursor={0}&search=a", "invalid_cursor")]
    [InlineData("/api/users?cursor=A{0}&search=a", "invalid_cursor")]
    [InlineData("/api/users?cursor={0}A&search=a", "invalid_cursor")]
    [InlineData("/api/users?cursor={0}&search=a&cursor={0}", "invalid_request")]
    [InlineData("/api/users?cursor=&search=a", "invalid_cursor")]
    [InlineData("/api/users?cursor=%00%2F&search=a", "invalid_cursor")]
    [InlineData("/api/users?cursor=MTIz&search=a", "invalid_cursor")]
    public async Task A_cursor_fits_its_own_list_and_filters_only(string other, string? code)
    {
        var cursor = (await AnswerAsync("/api/users?search=a&limit=2")).Json.GetProperty("nextCursor").GetString();

        Assert.Equal(code, (await ReadAsync(string.Format(null, other, cursor))).Code);
    }

    [Fact]
    public async Task A_changed_cursor_is_refused_wherever_it_was_changed()
    {
        var cursor = (await AnswerAsync("/api/users?search=a")).Json.GetProperty("nextCursor").GetString()!;

        for (var i = 0; i < cursor.Length; i++)
        {
            var changed = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            var (place, code) = await ReadAsync($"/api/users?search=a&cursor={changed}");

            // The unused bits of the last character are no part of the cursor.
            Assert.True(code == "invalid_cursor" || (i == cursor.Length - 1 && place == "after b/ü"), changed);
        }
    }

    [Fact]
    public async Task A_cursor_of_another_caller_is_refused()
    {
        var cursor = (await AnswerAsync("/api/users?search=a")).Json.GetProperty("nextCursor").GetString();
        var request = TestRequest.Get($"/api/users?search=a&cursor={cursor}").From(new Caller("eve", CallerRole.Auditor, null));

        Assert.Equal("invalid_cursor", (await ReadAsync(request)).Code);
    }

    private async Task<TestAnswer> AnswerAsync(string pathAndQuery)
    {
        var page = new Page<string>(["a", "b"], "after b/ü");
        return await TestAnswer.Of(await lists.AnswerAsync(
            HttpInput.Of(TestRequest.Get(pathAndQuery)), page, x => x.ToUpperInvariant(), TestContext.Current.CancellationToken));
    }

    private Task<(string? Place, string? Code)> ReadAsync(string pathAndQuery) => ReadAsync(TestRequest.Get(pathAndQuery));

    private async Task<(string? Place, string? Code)> ReadAsync(HttpRequest request)
    {
        var input = HttpInput.Of(request);
        input.Query.Text("search");
        var page = await lists.ReadAsync(input, TestContext.Current.CancellationToken);
        return input.Refused(out var problem) ? (null, problem.Code) : (page.After, null);
    }
}
