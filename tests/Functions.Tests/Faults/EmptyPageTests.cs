using CertFunctions.Functions.Awards;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>The service may answer any query with an empty page and a continuation token; the emulator never does.</summary>
public sealed class EmptyPageTests
{
    private const string Token = "onwards";

    [Fact]
    public async Task A_job_all_of_whose_queries_begin_with_an_empty_page_is_carried_out()
    {
        await using var scene = await JobScene.SetAsync();
        var worker = scene.World.StartWorker(BeginEmpty);
        Assert.Equal(202, (await worker.PostAsync(scene.Code, AwardRequests.Group(scene.Group))).Status);

        await scene.World.Queues.RunToEndAsync(worker);

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Theory]
    [InlineData("expiresOn")]
    [InlineData("username")]
    public async Task A_list_all_of_whose_queries_begin_with_an_empty_page_shows_everyone_once(string sort)
    {
        await using var scene = await JobScene.SetAsync();
        var worker = scene.World.StartWorker(BeginEmpty);
        var seen = new List<string>();
        var path = $"/api/certifications/{scene.Code}/awards?sort={sort}&limit=7";
        for (var next = path; next is not null;)
        {
            var answer = await TestAnswer.Of(await worker.Get<ListAwards>().Run(TestRequest.Get(next), scene.Code.Value, CancellationToken.None));
            seen.AddRange(answer.Json.GetProperty("items").EnumerateArray().Select(award => award.GetProperty("userId").GetString()!));
            next = answer.Json.GetProperty("nextCursor").GetString() is { } cursor ? $"{path}&cursor={Uri.EscapeDataString(cursor)}" : null;
        }

        Assert.Equal(JobScene.Renewed, seen.Count);
        Assert.Equal(JobScene.Renewed, seen.Distinct().Count());
    }

    private static Fault? BeginEmpty(StorageCall call)
    {
        if (!call.IsQuery || call.Query.Contains("NextPartitionKey=1!", StringComparison.Ordinal))
        {
            return null;
        }

        if (!call.Query.Contains(Token, StringComparison.Ordinal))
        {
            return new Fault { Instead = () => CannedResponse.EmptyPage(Token) };
        }

        // Of the service's signature only the path is part, so the token can be taken off on the way.
        var rest = call.Query.TrimStart('?').Split('&').Where(parameter => !parameter.Contains(Token, StringComparison.Ordinal));
        call.Request.Uri.Query = "?" + string.Join('&', rest);
        return null;
    }
}
