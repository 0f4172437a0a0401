using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CertFunctions.Benchmarks.Raw;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G4: the job of G3 through the whole local host: HTTP, worker process, triggers.</summary>
internal sealed class HostFigures(Bench bench, Options options)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(250);

    public async Task<Measured> MeasureAsync()
    {
        var users = await bench.App.AddUsersAsync(options.Users, CancellationToken.None);
        var groups = await bench.AddGroupsAsync("hosted", users);
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { AppFolder = TestApp.Product, Storage = bench.Azurite });
        var raw = new RawAwards(bench.Awards);
        var turns = await Timing.InTurnsAsync(
            options.Pairs,
            async pair =>
            {
                await bench.EmptyAwardsAsync();
                return await Timing.OfAsync(() => raw.WriteAsync($"raw-{pair}", users, CancellationToken.None));
            },
            async pair =>
            {
                var code = (await bench.App.AddCertificationAsync($"hosted-{pair}", CancellationToken.None)).Value;
                await bench.EmptyAwardsAsync();
                return await RunJobAsync(host.Client, code, Bench.GroupsBody(groups, users.Count));
            });
        return new(FigureTable.G4, turns.Quotient, $"raw {turns.First.TotalSeconds:0.00} s, ours {turns.Second.TotalSeconds:0.00} s, {users.Count:n0} users");
    }

    /// <returns>From the request to the end, by the job's own times: looking more often would cost it time.</returns>
    private async Task<TimeSpan> RunJobAsync(HttpClient client, string code, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var answer = await client.PostAsync(new Uri($"api/certifications/{code}/awards", UriKind.Relative), content);
        answer.EnsureSuccessStatusCode();
        var id = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("id").GetString()!;
        while (true)
        {
            await Task.Delay(LookAgain);
            var job = (await bench.App.Get<IJobStore>().FindAsync(JobId.Parse(id), CancellationToken.None))!.Job;
            if (job.IsFinal)
            {
                return job.FinishedAt!.Value - job.CreatedAt;
            }
        }
    }
}
