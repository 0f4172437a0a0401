using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Benchmarks;

/// <summary>Jobs through a whole local host. They are looked at in the storage: to ask the host would cost it time.</summary>
internal sealed class HostedJobs(HttpClient client, IJobStore jobs)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    /// <returns>The job that the request was answered with.</returns>
    public async Task<JobId> PostAsync(string path, string body, string mediaType = "application/json")
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(mediaType));
        using var answer = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        return JobId.Parse(JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("id").GetString()!);
    }

    public async Task<Job> FindAsync(JobId id) => (await jobs.FindAsync(id, CancellationToken.None))!.Job;

    /// <returns>The job at its end.</returns>
    public async Task<Job> UntilFinalAsync(JobId id)
    {
        while (true)
        {
            await Task.Delay(LookAgain);
            if (await FindAsync(id) is { IsFinal: true } job)
            {
                return job;
            }
        }
    }
}
