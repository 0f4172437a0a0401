using CertFunctions.Benchmarks.Raw;
using CertFunctions.Core.Jobs;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G4: the job of G3 through the whole local host: HTTP, worker process, triggers.</summary>
internal sealed class HostFigures(Bench bench, Options options)
{
    public async Task<Measured> MeasureAsync()
    {
        var users = await bench.App.AddUsersAsync(options.Users, CancellationToken.None);
        var groups = await bench.AddGroupsAsync("hosted", users);
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { AppFolder = TestApp.Product, Storage = bench.Azurite });
        var jobs = new HostedJobs(host.Client, bench.App.Get<IJobStore>());
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
                return await RunJobAsync(jobs, code, Bench.GroupsBody(groups, users.Count));
            });
        return new(FigureTable.G4, turns.Quotient, $"raw {turns.First.TotalSeconds:0.00} s, ours {turns.Second.TotalSeconds:0.00} s, {users.Count:n0} users");
    }

    /// <returns>From the request to the end, by the job's own times: looking more often would cost it time.</returns>
    private static async Task<TimeSpan> RunJobAsync(HostedJobs jobs, string code, string body)
    {
        var job = await jobs.UntilFinalAsync(await jobs.PostAsync($"api/certifications/{code}/awards", body));
        return job.FinishedAt!.Value - job.CreatedAt;
    }
}
