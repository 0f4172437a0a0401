using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Awards;

public sealed class ListAwardsTests
{
    [Fact]
    public async Task Answers_every_member_and_the_stored_spelling()
    {
        var routes = await AwardRoutes.CreateAsync();
        await routes.AwardAsync("u-1", new DateOnly(2028, 11, 24));

        var answer = await routes.ListAsync();

        Assert.Equal(
            """{"items":[{"certificationCode":"FIRE-1","certificationTitle":"Fire warden","userId":"u-1","username":"ada","firstName":"Ada","lastName":"Lovelace","active":true,"issuedOn":"2026-11-24","expiresOn":"2028-11-24","alwaysValid":false,"daysToRenew":731,"renewableFrom":"2028-08-26","status":"valid","association":{"type":"manual","activityType":null,"activityId":null,"activityTitle":null},"awardedBy":"ada","awardedAt":"2026-11-24T12:00:00Z","jobId":null,"version":1}],"nextCursor":null}""",
            answer.Body);
    }

    [Theory]
    [InlineData("", "u-1 u-2 u-3 u-4")]
    [InlineData("?status=expired", "u-1")]
    [InlineData("?status=expiring", "u-2")]
    [InlineData("?status=valid", "u-3 u-4")]
    [InlineData("?expiresFrom=2026-11-24", "u-2 u-3")]
    [InlineData("?expiresTo=2026-11-24", "u-1 u-2")]
    [InlineData("?sort=username", "u-4 u-3 u-2 u-1")]
    [InlineData("?asOf=2026-11-23", "")]
    [InlineData("?asOf=2026-11-24", "u-1 u-2 u-3 u-4")]
    [InlineData("?asOf=2026-11-24&status=expired", "u-1")]
    [InlineData("?asOf=2026-11-25&status=expired", "u-1 u-2")]
    [InlineData("?asOf=2027-12-31&search=a&group=g-1", "u-4")]
    [InlineData("?search=A", "u-4 u-3")]
    [InlineData("?search=a&status=valid&expiresTo=2030-01-01", "u-3")]
    [InlineData("?group=g-1", "u-2 u-4")]
    [InlineData("?group=g-1&branch=b-1", "u-4")]
    [InlineData("?branch=b-2", "")]
    [InlineData("?active=true", "u-1 u-2 u-3")]
    [InlineData("?active=false&search=a", "u-4")]
    public async Task Filters_and_sorts(string query, string expected)
    {
        var answer = await (await FourAsync()).ListAsync(query);

        Assert.Equal(200, answer.Status);
        Assert.Equal(expected, string.Join(' ', UserIdsIn(answer)));
    }

    [Theory]
    [InlineData("?status=gone")]
    [InlineData("?sort=name")]
    [InlineData("?search=a&sort=expiresOn")]
    [InlineData("?asOf=2026-11-24&sort=expiresOn")]
    [InlineData("?asOf=2026-02-30")]
    [InlineData("?expiresFrom=2026-02-30")]
    [InlineData("?expiresFrom=2026-11-24&expiresTo=2026-11-23")]
    [InlineData("?limit=0")]
    [InlineData("?cursor=x")]
    [InlineData("?active=yes")]
    [InlineData("?colour=red")]
    public async Task Refuses_what_is_no_filter(string query) => Assert.Equal(400, (await (await FourAsync()).ListAsync(query)).Status);

    [Theory]
    [InlineData("?branch=b-404", "branch_not_found", "branch")]
    [InlineData("?group=g-404", "group_not_found", "group")]
    [InlineData("?group=g-1&branch=b-404", "branch_not_found", "branch")]
    [InlineData("?branch=b-1&group=G-1", "group_not_found", "group")]
    public async Task Refuses_a_branch_or_group_that_nobody_knows_on_pages_and_in_csv(string query, string code, string blamed)
    {
        var routes = await FourAsync();
        foreach (var answer in new[] { await routes.ListAsync(query), await routes.ListAsync(query, "text/csv") })
        {
            Assert.Equal((400, code), (answer.Status, answer.Code));
            Assert.Equal([blamed], answer.ErrorPaths);
        }
    }

    [Fact]
    public async Task A_range_that_ends_before_it_begins_is_refused_across_certifications_too() =>
        Assert.Equal(["expiresTo"], (await (await FourAsync()).ListAllAsync("?expiresFrom=2026-11-24&expiresTo=2026-11-23")).ErrorPaths);

    [Fact]
    public async Task As_of_a_day_an_award_stands_as_it_did_then_in_json_and_in_csv()
    {
        var routes = await AwardRoutes.CreateAsync();
        await routes.AwardAsync("u-1", new DateOnly(2028, 11, 24));
        Assert.Equal(204, (await routes.UnassignAsync()).Status);

        foreach (var (day, held) in new[] { ("2026-11-23", 0), ("2026-11-24", 0) })
        {
            Assert.Equal(held, UserIdsIn(await routes.ListAsync($"?asOf={day}")).Count());
        }

        await routes.AwardAsync("u-2", new DateOnly(2028, 11, 24));
        var then = Assert.Single((await routes.ListOfUserAsync("u-2", "?asOf=2028-11-25")).Json.GetProperty("items").EnumerateArray());
        Assert.Equal(("expired", -1), (then.GetProperty("status").GetString(), then.GetProperty("daysToRenew").GetInt32()));
        Assert.EndsWith(",expired,-1\n", (await routes.ListAsync("?asOf=2028-11-25", "text/csv")).Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.EndsWith(",expired,-1\n", (await routes.ListOfUserAsync("u-2", "?asOf=2028-11-25", "text/csv")).Body.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Equal(400, (await routes.ListOfUserAsync("u-2", "?asOf=tomorrow")).Status);
        Assert.Equal(400, (await routes.ListAllAsync("?asOf=2026-11-24")).Status);
    }

    [Fact]
    public async Task Streams_all_rows_as_csv_safe_for_spreadsheets()
    {
        var routes = await AwardRoutes.CreateAsync();
        await routes.AwardAsync("u-1", new DateOnly(2026, 11, 23), "=1+1");
        await routes.AwardAsync("u-2");

        var answer = await routes.ListAsync(accept: "text/csv");

        Assert.Equal(("Accept", "text/csv; charset=utf-8"), (answer.Headers.Vary.ToString(), answer.Headers.ContentType.ToString()));
        Assert.Equal(
            "\uFEFF" + """
            username,certification_code,certification_issue_date,always_valid,type,certification_expire_date,external_training_id,user_id,first_name,last_name,status,days_to_renew
            '=1+1,FIRE-1,2026-11-24,0,manual,2026-11-23,,u-1,Ada,Lovelace,expired,-1
            ada,FIRE-1,2026-11-24,1,manual,,,u-2,Ada,Lovelace,valid,

            """,
            answer.Body.ReplaceLineEndings());
    }

    [Theory]
    [InlineData("application/json, text/csv;q=0.5", "application/json; charset=utf-8")]
    [InlineData("text/csv;q=0, */*", "application/json; charset=utf-8")]
    [InlineData("text/csv;q=0.1, */*", "application/json; charset=utf-8")]
    [InlineData("text/html, application/*;q=0.9", "application/json; charset=utf-8")]
    [InlineData("nonsense", "application/json; charset=utf-8")]
    [InlineData("text/*", "text/csv; charset=utf-8")]
    [InlineData("text/csv, application/json", "text/csv; charset=utf-8")]
    [InlineData("*/*", "application/json; charset=utf-8")]
    [InlineData("text/csv, */*;q=0.1", "text/csv; charset=utf-8")]
    public async Task Answers_in_the_type_that_the_caller_would_rather_have(string accept, string type) =>
        Assert.Equal(type, (await (await FourAsync()).ListAsync(accept: accept)).Headers.ContentType.ToString());

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/csv;q=0")]
    [InlineData("application/json;q=0, text/csv;q=0, */*")]
    [InlineData("application/xml, application/problem+json")]
    public async Task Is_406_where_no_type_would_do(string accept)
    {
        var answer = await (await FourAsync()).ListAsync(accept: accept);

        Assert.Equal((406, "not_acceptable", "Accept"), (answer.Status, answer.Code, answer.Headers.Vary.ToString()));
    }

    [Fact]
    public async Task Csv_has_no_pages() => Assert.Equal(400, (await (await FourAsync()).ListAsync("?limit=10", "text/csv")).Status);

    [Fact]
    public async Task All_certifications_come_in_the_order_of_expiry_then_of_codes()
    {
        var routes = await FourAsync();
        foreach (var code in Enumerable.Range(0, 60).Select(n => CertificationCode.Parse($"A-{n:d2}")))
        {
            await routes.CertifyAsync(code);
            await routes.AwardAsync("u-9", new DateOnly(2028, 1, 1), code: code);
        }

        List<string> found = [];
        var cursor = "";
        for (var pages = 0; pages < 100; pages++)
        {
            var answer = await routes.ListAllAsync($"?limit=3{cursor}");
            found.AddRange(answer.Json.GetProperty("items").EnumerateArray().Select(item =>
                $"{item.GetProperty("certificationCode").GetString()} {item.GetProperty("userId").GetString()}"));
            if (answer.Json.GetProperty("nextCursor").GetString() is not { } next)
            {
                break;
            }

            cursor = $"&cursor={next}";
        }

        Assert.Equal(
            ["FIRE-1 u-1", "FIRE-1 u-2", .. Enumerable.Range(0, 60).Select(n => $"A-{n:d2} u-9"), "FIRE-1 u-3", "FIRE-1 u-4"], found);
    }

    [Fact]
    public async Task Streams_the_awards_of_all_certifications_and_of_one_user_as_csv_too()
    {
        const string Header = "\uFEFFusername,certification_code,certification_issue_date,always_valid,type,certification_expire_date,external_training_id,user_id,first_name,last_name,status,days_to_renew";
        var routes = await AwardRoutes.CreateAsync();
        string[] codes = [.. Enumerable.Range(0, 220).Select(n => $"A-{n:d3}")];
        foreach (var code in codes.Select(CertificationCode.Parse))
        {
            await routes.CertifyAsync(code);
            await routes.AwardAsync("u-1", new DateOnly(2026, 11, 23), "'=ada", code);
        }

        await routes.AwardAsync("u-2");
        string[] ofOne = [Header, .. codes.Select(code => $"''=ada,{code},2026-11-24,0,manual,2026-11-23,,u-1,Ada,Lovelace,expired,-1")];

        var all = await routes.ListAllAsync(accept: "text/csv");
        var one = await routes.ListOfUserAsync("u-1", accept: "text/csv");

        Assert.Equal([.. ofOne, "ada,FIRE-1,2026-11-24,1,manual,,,u-2,Ada,Lovelace,valid,", ""], all.Body.ReplaceLineEndings("\n").Split('\n'));
        Assert.Equal([.. ofOne, ""], one.Body.ReplaceLineEndings("\n").Split('\n'));
        Assert.Equal(["Accept", "Accept"], new[] { all, one }.Select(answer => answer.Headers.Vary.ToString()));
        Assert.Equal("Accept", (await routes.ListAllAsync()).Headers.Vary.ToString());
        Assert.Equal(400, (await routes.ListAllAsync("?limit=10", "text/csv")).Status);
        Assert.Equal(400, (await routes.ListOfUserAsync("u-1", "?limit=10", "text/csv")).Status);
        Assert.Equal(404, (await routes.ListOfUserAsync("u-8", accept: "text/csv")).Status);
    }

    [Fact]
    public async Task A_user_who_holds_nothing_has_an_empty_list_and_a_stranger_none()
    {
        var routes = await AwardRoutes.CreateAsync();

        Assert.Empty(UserIdsIn(await routes.ListOfUserAsync("u-1")));
        Assert.Equal("user_not_found", (await routes.ListOfUserAsync("u-404")).Code);
    }

    [Theory]
    [InlineData("u-1", 1)]
    [InlineData("local-developer", 0)]
    [InlineData("not an id", 0)]
    public async Task Callers_see_their_own(string caller, int count)
    {
        var routes = await FourAsync();

        Assert.Equal(count, UserIdsIn(await routes.ListMineAsync(caller)).Count());
    }

    private static IEnumerable<string> UserIdsIn(TestAnswer answer) =>
        answer.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("userId").GetString()!);

    /// <summary>Expired, expiring, valid, always valid; usernames in the opposite order, u-4 deactivated; u-2 and u-4 in group g-1, u-4 in branch b-1.</summary>
    private static async Task<AwardRoutes> FourAsync()
    {
        var routes = await AwardRoutes.CreateAsync();
        await routes.AwardAsync("u-1", new DateOnly(2026, 11, 23), "zoe");
        await routes.AwardAsync("u-2", new DateOnly(2026, 11, 24), "bob");
        await routes.AwardAsync("u-3", new DateOnly(2028, 1, 1), "Ada");
        await routes.AwardAsync("u-4", null, "abe", active: false);
        routes.Members.Add(MemberSource.Group(LmsId.Parse("g-1")), LmsId.Parse("u-2"), LmsId.Parse("u-4"));
        routes.Members.Add(MemberSource.Branch(LmsId.Parse("b-1")), LmsId.Parse("u-4"));
        routes.Groups.Add(Sample.Group("g-1"));
        routes.Branches.Add(Sample.Branch("b-1"), Sample.Branch("b-2"));
        return routes;
    }
}
