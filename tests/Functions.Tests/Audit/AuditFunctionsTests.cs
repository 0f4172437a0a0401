using System.Text.Json;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Audit;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Certifications;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Tests.Faults;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Audit;

public sealed class AuditFunctionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_done_is_told_with_who_did_it_what_was_before_and_what_is_after()
    {
        await using var world = await World.CreateAsync();
        var worker = world.StartWorker();
        var user = Seed.Ids(1)[0];
        await worker.Get<PutCertification>().Run(TestRequest.Put("/api", """{ "title": "Fire" }"""), "FIRE-1", Cancellation);
        await worker.Get<PutUser>().Run(TestRequest.Put("/api", """{ "username": "ada", "firstName": "Ada", "lastName": "Lovelace" }"""), user.Value, Cancellation);
        var job = (await worker.PostAsync(CertificationCode.Parse("FIRE-1"), AwardRequests.Users([user], expiresOn: "2026-12-31"))).Json.GetProperty("id").GetString();
        world.Time.Advance(TimeSpan.FromSeconds(1));
        await worker.Get<EditAward>().Run(
            TestRequest.Patch("/api", """{ "expiresOn": "2027-12-31", "reason": "checked" }"""), "fire-1", user.Value, Cancellation);

        var items = (await ListAsync(worker, "")).Json.GetProperty("items").EnumerateArray().ToList();

        Assert.Equal(
            ["award.updated", "job.started", "user.created", "certification.created"], items.Select(item => item.GetProperty("action").GetString()));
        Assert.All(items, item => Assert.Equal(("local-developer", "api"), (item.GetProperty("actor").GetString(), item.GetProperty("via").GetString())));
        var edit = items[0];
        Assert.Equal("2026-11-24-000004", edit.GetProperty("id").GetString());
        Assert.Equal("2026-11-24T10:00:01Z", edit.GetProperty("at").GetString());
        Assert.Equal($"certifications/FIRE-1/awards/{user}", edit.GetProperty("subject").GetString());
        Assert.Equal(("2026-12-31", "2027-12-31"), (ExpiryOf(edit, "before"), ExpiryOf(edit, "after")));
        Assert.Equal("checked", edit.GetProperty("reason").GetString());
        Assert.Equal($"jobs/{job}", items[1].GetProperty("subject").GetString());
        Assert.Equal($"/api/jobs/{job}/results", items[1].GetProperty("after").GetProperty("results").GetString());
        Assert.Equal(JsonValueKind.Null, items[2].GetProperty("before").ValueKind);
        Assert.Equal("Lovelace", items[2].GetProperty("after").GetProperty("lastName").GetString());
        Assert.Equal(JsonValueKind.Null, items[3].GetProperty("origin").ValueKind);
    }

    [Fact]
    public async Task Nothing_is_said_of_a_call_that_changes_nothing()
    {
        await using var world = await World.CreateAsync();
        var worker = world.StartWorker();
        for (var again = 0; again < 2; again++)
        {
            await worker.Get<PutCertification>().Run(TestRequest.Put("/api", """{ "title": "Fire" }"""), "FIRE-1", Cancellation);
            await worker.Get<PutGroup>().Run(TestRequest.Put("/api", """{ "name": "Drivers" }"""), "g-1", Cancellation);
            await worker.Get<PutBranch>().Run(TestRequest.Put("/api", """{ "name": "North" }"""), "b-1", Cancellation);
            await worker.Get<PutUser>().Run(
                TestRequest.Put("/api", """{ "username": "ada", "firstName": "Ada", "lastName": "L", "branchId": "b-1" }"""), "u-1", Cancellation);
            await worker.Get<PutGroupMember>().Run(TestRequest.Put("/api", ""), "g-1", "u-1", Cancellation);
        }

        Assert.Equal(5, (await ListAsync(worker, "")).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_list_is_filtered_and_paged()
    {
        await using var world = await World.CreateAsync();
        var worker = world.StartWorker();
        foreach (var code in new[] { "A", "B", "C" })
        {
            await worker.Get<PutCertification>().Run(TestRequest.Put("/api", """{ "title": "Fire" }"""), code, Cancellation);
        }

        Assert.Single((await ListAsync(worker, "?subject=certifications/B&actor=local-developer&from=2026-11-24&to=2026-11-24")).Json.GetProperty("items").EnumerateArray());
        Assert.Empty((await ListAsync(worker, "?to=2026-11-23")).Json.GetProperty("items").EnumerateArray());
        var first = (await ListAsync(worker, "?limit=2")).Json;
        Assert.Equal(2, first.GetProperty("items").GetArrayLength());
        var second = (await ListAsync(worker, $"?limit=2&cursor={first.GetProperty("nextCursor").GetString()}")).Json;
        Assert.Equal("certifications/A", Assert.Single(second.GetProperty("items").EnumerateArray()).GetProperty("subject").GetString());
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
    }

    [Theory]
    [InlineData("?from=2026-11-24&to=2026-11-23", "to")]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?limit=0", "limit")]
    [InlineData("?cursor=x", "cursor")]
    [InlineData("?who=ada", "who")]
    public async Task A_filter_that_makes_no_sense_is_400_and_named(string query, string name)
    {
        await using var world = await World.CreateAsync();

        var answer = await ListAsync(world.StartWorker(), query);

        Assert.Equal(400, answer.Status);
        Assert.True(answer.Json.GetProperty("errors").TryGetProperty(name, out _));
    }

    [Fact]
    public async Task A_day_is_verified_today_where_none_is_named()
    {
        await using var world = await World.CreateAsync();
        var worker = world.StartWorker();
        await worker.Get<PutCertification>().Run(TestRequest.Put("/api", """{ "title": "Fire" }"""), "FIRE-1", Cancellation);

        var today = (await VerifyAsync(worker, "")).Json;
        Assert.Equal(
            ("2026-11-24", 1, true, JsonValueKind.Null),
            (today.GetProperty("day").GetString(), today.GetProperty("entries").GetInt32(), today.GetProperty("intact").GetBoolean(), today.GetProperty("firstBroken").ValueKind));
        Assert.Equal(64, today.GetProperty("hash").GetString()!.Length);
        Assert.Equal(0, (await VerifyAsync(worker, "?day=2026-11-23")).Json.GetProperty("entries").GetInt32());
        Assert.Equal(400, (await VerifyAsync(worker, "?day=monday")).Status);
    }

    private static string? ExpiryOf(JsonElement entry, string when) => entry.GetProperty(when).GetProperty("expiresOn").GetString();

    private static async Task<TestAnswer> ListAsync(Worker worker, string query) =>
        await TestAnswer.Of(await worker.Get<ListAudit>().Run(TestRequest.Get($"/api/audit{query}"), Cancellation));

    private static async Task<TestAnswer> VerifyAsync(Worker worker, string query) =>
        await TestAnswer.Of(await worker.Get<VerifyAudit>().Run(TestRequest.Get($"/api/audit/verify{query}"), Cancellation));
}
