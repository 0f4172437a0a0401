using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace CertFunctions.LocalHost.Demo;

/// <summary>
/// Fills the app with the demo organisation through its public API. What is there stays as it is, whoever changed it since; a certification
/// that is there is not awarded again.
/// </summary>
internal sealed class DemoSeeder(HttpClient client, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan JobLimit = TimeSpan.FromMinutes(2);

    public void Dispose() => client.Dispose();

    /// <exception cref="DemoException">The app refused something.</exception>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        await SeedDirectoryAsync(cancellationToken);
        var made = new HashSet<string>();
        foreach (var (code, body) in DemoOrganisation.Certifications)
        {
            if (await TryCreateAsync($"api/certifications/{code}", body, cancellationToken))
                made.Add(code);
        }

        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var (code, body) in DemoOrganisation.Awards(today).Where(award => made.Contains(award.Code)))
        {
            var job = await SendAsync(HttpMethod.Post, $"api/certifications/{code}/awards", body, cancellationToken);
            await UntilFinishedAsync(job.GetProperty("id").GetString()!, cancellationToken);
        }
    }

    private async Task SeedDirectoryAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, name, parentId) in DemoOrganisation.Branches)
            await TryCreateAsync($"api/branches/{id}", new { name, parentId }, cancellationToken);
        foreach (var (id, name, _) in DemoOrganisation.Groups)
            await TryCreateAsync($"api/groups/{id}", new { name }, cancellationToken);
        var training = new { title = "Crane course", provider = "Lift & Co" };
        await TryCreateAsync($"api/external-trainings/{DemoOrganisation.CraneTraining}", training, cancellationToken);

        var eightAtOnce = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, DemoOrganisation.Users, eightAtOnce, async (number, token) => await SeedUserAsync(number, token));
    }

    private async Task SeedUserAsync(int number, CancellationToken cancellationToken)
    {
        var id = DemoOrganisation.UserId(number);
        if (!await TryCreateAsync($"api/users/{id}", DemoOrganisation.User(number), cancellationToken))
            return;
        foreach (var (group, _, _) in DemoOrganisation.Groups.Where(group => number % group.Every == 0))
            await SendAsync(HttpMethod.Put, $"api/groups/{group}/members/{id}", body: null, cancellationToken);
    }

    private async Task UntilFinishedAsync(string jobId, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var job = await SendAsync(HttpMethod.Get, $"api/jobs/{jobId}", body: null, cancellationToken);
            if (job.GetProperty("status").GetString() is not ("queued" or "running"))
                return;
            if (time.GetElapsedTime(began) > JobLimit)
                throw new DemoException($"job {jobId} did not end within {JobLimit.TotalMinutes} minutes");
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancellationToken);
        }
    }

    /// <returns>False: it was there before.</returns>
    private async Task<bool> TryCreateAsync(string path, object body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) };
        request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Any);
        using var answer = await client.SendAsync(request, cancellationToken);
        if (answer.StatusCode == HttpStatusCode.PreconditionFailed)
            return false;
        await ReadAsync(answer, cancellationToken);
        return true;
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await client.SendAsync(request, cancellationToken);
        return await ReadAsync(answer, cancellationToken);
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new DemoException($"{answer.RequestMessage!.Method} {answer.RequestMessage.RequestUri!.PathAndQuery} answered {(int)answer.StatusCode} {text}");
        return text.Length > 0 ? JsonDocument.Parse(text).RootElement : default;
    }
}
