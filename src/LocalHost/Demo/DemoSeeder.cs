using System.Text.Json;

namespace CertFunctions.LocalHost.Demo;

/// <summary>Fills the app with the demo organisation through its public API; done again it changes nothing.</summary>
internal sealed class DemoSeeder(HttpClient client, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan JobLimit = TimeSpan.FromMinutes(2);

    public void Dispose() => client.Dispose();

    /// <exception cref="DemoException">The app refused something.</exception>
    public async Task SeedAsync(CancellationToken cancellationToken)
    {
        await SeedDirectoryAsync(cancellationToken);
        foreach (var (code, body) in DemoOrganisation.Certifications)
            await SendAsync(HttpMethod.Put, $"api/certifications/{code}", body, cancellationToken);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        foreach (var (code, body) in DemoOrganisation.Awards(today))
        {
            var job = await SendAsync(HttpMethod.Post, $"api/certifications/{code}/awards", body, cancellationToken);
            await UntilFinishedAsync(job.GetProperty("id").GetString()!, cancellationToken);
        }
    }

    private async Task SeedDirectoryAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, name, parentId) in DemoOrganisation.Branches)
            await SendAsync(HttpMethod.Put, $"api/branches/{id}", new { name, parentId }, cancellationToken);
        foreach (var (id, name, _) in DemoOrganisation.Groups)
            await SendAsync(HttpMethod.Put, $"api/groups/{id}", new { name }, cancellationToken);
        var training = new { title = "Crane course", provider = "Lift & Co" };
        await SendAsync(HttpMethod.Put, $"api/external-trainings/{DemoOrganisation.CraneTraining}", training, cancellationToken);

        var eightAtOnce = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, DemoOrganisation.Users, eightAtOnce, async (number, token) => await SeedUserAsync(number, token));
    }

    private async Task SeedUserAsync(int number, CancellationToken cancellationToken)
    {
        var id = DemoOrganisation.UserId(number);
        await SendAsync(HttpMethod.Put, $"api/users/{id}", DemoOrganisation.User(number), cancellationToken);
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

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = JsonContent.Create(body);
        using var answer = await client.SendAsync(request, cancellationToken);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new DemoException($"{method} /{path} answered {(int)answer.StatusCode} {text}");
        return text.Length > 0 ? JsonDocument.Parse(text).RootElement : default;
    }
}
