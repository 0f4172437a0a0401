using System.Diagnostics;
using Azure.Data.Tables;
using CertFunctions.Core.Jobs;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G22: how long somebody waits for a few awards while a large file is imported, through the whole local host.</summary>
internal sealed class BehindImportFigures(Options options)
{
    /// <summary>One more than is done before the answer.</summary>
    private const int Awards = 101;

    private const int Branches = 20;

    /// <summary>So that the awards do not become what keeps the import busy.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    /// <summary>A file of 100,000 people keeps the emulator busy for longer than anybody wants to look on.</summary>
    private static readonly TimeSpan LookOn = TimeSpan.FromMinutes(12);

    public async Task<Measured> MeasureAsync()
    {
        // In memory: with so many rows the emulator on disk stalls for longer than the app waits for an answer, which the cloud does not.
        await using var bench = await Bench.StartAsync(keepsData: false);
        var users = await bench.App.AddUsersAsync(Awards, CancellationToken.None);
        var body = $$"""{"users":[{{string.Join(',', users.Select(user => $"\"{user.Id}\""))}}],"issuedOn":"2026-11-24","expiresOn":"2028-11-24"}""";
        await bench.ImportAsync("branches/a.csv", SampleFiles.Branches(Branches));
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { AppFolder = TestApp.Product, Storage = bench.Azurite });
        var jobs = new HostedJobs(host.Client, bench.App.Get<IJobStore>());

        await AwardAsync("WARM");
        var alone = new List<Wait>();
        for (var turn = 0; turn < options.Pairs; turn++)
        {
            alone.Add(await AwardAsync($"ALONE-{turn}"));
        }

        var file = SampleFiles.Users(Seed.Ids(options.ImportRows, "i-"), Branches);
        var import = await jobs.PostAsync("api/imports?kind=users&name=large.csv", file, "text/csv");
        var (behind, watch) = (new List<Wait>(), Stopwatch.StartNew());
        var imported = await jobs.FindAsync(import);
        while (!imported.IsFinal && watch.Elapsed < LookOn)
        {
            behind.Add(await AwardAsync($"BEHIND-{behind.Count}"));
            await Task.Delay(Pause);
            imported = await jobs.FindAsync(import);
        }

        if (imported.IsFinal)
        {
            Expect.Counts(new JobCounts(Updated: options.ImportRows), imported);
        }

        return MeasuredOf(behind, alone, imported, watch.Elapsed);

        async Task<Wait> AwardAsync(string name)
        {
            var code = await bench.App.AddCertificationAsync(name, CancellationToken.None);
            var read = await Timing.OfAsync(() => bench.Awards.GetEntityIfExistsAsync<TableEntity>(name, name));
            var from = DateTimeOffset.UtcNow;
            var job = await jobs.UntilFinalAsync(await jobs.PostAsync($"api/certifications/{code}/awards", body));
            Expect.Counts(new JobCounts(Awarded: Awards), job);

            // One machine, one clock: to look at the job more often would cost it time.
            return new((job.FinishedAt!.Value - from).TotalSeconds, read.TotalMilliseconds);
        }
    }

    /// <summary>The slowest counts: nobody waits longer.</summary>
    private static Measured MeasuredOf(List<Wait> behind, List<Wait> alone, Job import, TimeSpan seen)
    {
        var (figure, slowest) = (FigureTable.G22, behind.Max(wait => wait.Seconds));
        var (median, own) = (Timing.Median(behind.Select(wait => wait.Seconds)), Timing.Median(alone.Select(wait => wait.Seconds)));
        var (read, ownRead) = (Timing.Median(behind.Select(wait => wait.ReadMilliseconds)), Timing.Median(alone.Select(wait => wait.ReadMilliseconds)));
        return new(
            figure with { Aim = Math.Min(figure.Gate!.Value, 3 * own) },
            slowest,
            $"slowest of {behind.Count}, median {median:0.0} s; alone {own:0.0} s: × {slowest / own:0.0}, median × {median / own:0.0}; "
            + $"a bare read of one row meanwhile {read:0} ms, alone {ownRead:0} ms; "
            + $"{import.Counts.Processed:n0} of {import.Total:n0} rows, emulator in memory, in {seen.TotalSeconds:0} s");
    }

    /// <param name="Seconds">From the request to the end of its job.</param>
    /// <param name="ReadMilliseconds">What the emulator took just before for the least that can be asked of it: where that is long, all waits are.</param>
    private sealed record Wait(double Seconds, double ReadMilliseconds);
}
