using System.Net.Http.Json;
using System.Text.Json;

namespace CertFunctions.EndToEnd.Tests.Awarding;

/// <summary>What an administrator does over HTTP.</summary>
internal sealed class LmsClient(HttpClient http)
{
    private static readonly TimeSpan JobLimit = TimeSpan.FromSeconds(120);

    public async Task<(int Status, JsonElement Json)> SendAsync(HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonElement.Parse(text));
    }

    public async Task<JsonElement> PutAsync(string path, object body)
    {
        var (status, json) = await SendAsync(HttpMethod.Put, path, body);
        Assert.True(status is 200 or 201 or 204, $"{path}: {status} {json}");
        return json;
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        var (status, json) = await SendAsync(HttpMethod.Get, path);
        Assert.True(status == 200, $"{path}: {status} {json}");
        return json;
    }

    public Task PutUsersAsync(IEnumerable<string> ids, string? branch = null) => Parallel.ForEachAsync(
        ids,
        new ParallelOptions { MaxDegreeOfParallelism = 8 },
        async (id, _) => await PutAsync($"api/users/{id}", new { username = $"name-{id}", firstName = "First", lastName = id, branchId = branch }));

    public Task<(int Status, JsonElement Json)> AwardAsync(string code, object selection) =>
        SendAsync(HttpMethod.Post, $"api/certifications/{code}/awards", selection);

    public async Task<int> AwardedToAsync(string code) => (await GetAsync($"api/certifications/{code}")).GetProperty("awardedTo").GetInt32();

    /// <summary>Every row of a list, page by page.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path)
    {
        var rows = new List<JsonElement>();
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        for (var next = path; next is not null;)
        {
            var page = await GetAsync(next);
            rows.AddRange(page.GetProperty("items").EnumerateArray());
            next = page.GetProperty("nextCursor").GetString() is { } cursor ? $"{path}{separator}cursor={Uri.EscapeDataString(cursor)}" : null;
        }

        return rows;
    }

    /// <summary>Watches a job until it is final, and that its counts never go back.</summary>
    public async Task<JsonElement> UntilFinalAsync(string jobId, Func<JsonElement, Task>? onProgress = null)
    {
        using var limit = new CancellationTokenSource(JobLimit);
        for (var before = 0; ; await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token))
        {
            if (await FindAsync($"api/jobs/{jobId}") is not { } job)
            {
                continue;
            }

            var processed = job.GetProperty("processed").GetInt32();
            Assert.True(processed >= before, $"{before} users were processed, now {processed}");
            before = processed;
            if (job.GetProperty("finishedAt").ValueKind != JsonValueKind.Null)
            {
                return job;
            }

            await (onProgress?.Invoke(job) ?? Task.CompletedTask);
        }
    }

    /// <summary>Waits until a dropped file is taken in, and its job final.</summary>
    /// <param name="file">With its folder.</param>
    public async Task<JsonElement> UntilImportedAsync(string file)
    {
        using var limit = new CancellationTokenSource(JobLimit);
        while (true)
        {
            var jobs = await ListAsync("api/jobs?kind=import");
            if (jobs.FirstOrDefault(job => job.GetProperty("file").GetString() == file) is { ValueKind: JsonValueKind.Object } job)
            {
                return await UntilFinalAsync(job.GetProperty("id").GetString()!);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(300), limit.Token);
        }
    }

    /// <returns>Null: to be asked again. The worker was killed while it answered, or the storage had no answer in time (503).</returns>
    private async Task<JsonElement?> FindAsync(string path)
    {
        try
        {
            var (status, json) = await SendAsync(HttpMethod.Get, path);
            Assert.True(status is 200 or 503, $"{path}: {status} {json}");
            return status == 200 ? json : null;
        }
        catch (HttpRequestException e) when (e.StatusCode is null)
        {
            return null;
        }
    }

    public static IReadOnlyList<string> Ids(string prefix, int count) => [.. TestWorlds.Faults.Seed.Ids(count, prefix).Select(id => id.Value)];
}
