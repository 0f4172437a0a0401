using Azure.Data.Tables;
using CertFunctions.Benchmarks.Raw;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G23 and R: files of users, in this process.</summary>
internal sealed class FileFigures(Bench bench, Options options)
{
    private const int Branches = 20;
    private const string Renamed = "renamed-";

    public async IAsyncEnumerable<Measured> MeasureAsync()
    {
        if (options.Wants("G23"))
        {
            yield return await NewUsersAsync();
        }

        if (options.Wants("R"))
        {
            yield return await RenamesAsync();
        }
    }

    private async Task<Measured> NewUsersAsync()
    {
        var file = SampleFiles.Users(Seed.Ids(options.NewUsers), Branches);
        await StartAnewAsync();
        await ImportAsync("users/first.csv", file, options.NewUsers);
        var raw = new RawUsers(bench.Users);
        var rows = await raw.ReadAsync(CancellationToken.None);
        var turns = await Timing.InTurnsAsync(
            pairs: 2,
            async pair =>
            {
                await bench.EmptyUsersAsync();
                return await Timing.OfAsync(() => ImportAsync($"users/{pair}.csv", file, options.NewUsers));
            },
            async _ =>
            {
                await bench.EmptyUsersAsync();
                return await Timing.OfAsync(() => raw.WriteAsync(rows, CancellationToken.None));
            });
        return new(
            FigureTable.G23,
            turns.Quotient,
            $"ours {turns.First.TotalSeconds:0.00} s, raw {turns.Second.TotalSeconds:0.00} s, {options.NewUsers:n0} users in {rows.Count:n0} rows");
    }

    private async Task<Measured> RenamesAsync()
    {
        var ids = Seed.Ids(options.RenamedUsers);
        await StartAnewAsync();
        await bench.EmptyAwardsAsync();
        await ImportAsync("users/holders.csv", SampleFiles.Users(ids, branches: 1), ids.Count);
        var codes = new List<CertificationCode>();
        for (var number = 0; number < options.RenamedCertifications; number++)
        {
            codes.Add(await bench.App.AddCertificationAsync($"RENAMED-{number}", CancellationToken.None));
            await bench.RunJobAsync(
                codes[^1].Value, $$"""{"branches":["b-0"],"issuedOn":"2026-11-24","expiresOn":"2028-11-24","confirmUsers":{{ids.Count}}}""");
        }

        bench.App.Counts.Reset();
        var time = await Timing.OfAsync(() => ImportAsync("users/renamed.csv", SampleFiles.Users(ids, branches: 1, prefix: Renamed), ids.Count));
        var requests = bench.App.Counts.TableTransactions;
        Details.Print(bench.App.Counts.Requests);
        var awards = ids.Count * codes.Count;
        Expect.Same(awards, await CountRenamedAsync(codes), "awards found by their holder's new username");
        return new(FigureTable.R, requests / (double)awards, $"{ids.Count:n0} users × {codes.Count} awards, {awards / time.TotalSeconds:n0} awards/s");
    }

    /// <summary>Nobody but those of the file, and the branches that they are in.</summary>
    private async Task StartAnewAsync()
    {
        await bench.EmptyUsersAsync();
        await bench.ImportAsync("branches/a.csv", SampleFiles.Branches(Branches));
    }

    private async Task ImportAsync(string path, string file, int rows) =>
        Expect.Counts(new JobCounts(Updated: rows), await bench.ImportAsync(path, file));

    private async Task<int> CountRenamedAsync(IEnumerable<CertificationCode> codes)
    {
        var count = 0;
        foreach (var range in codes.SelectMany(code => Shard.All.Select(
            shard => new RowRange(AwardKeys.Partition(shard), AwardKeys.UsernamesFrom(code, Renamed)))))
        {
            count += await range.ReadAsync(bench.Awards, 1_000, CancellationToken.None, [nameof(ITableEntity.RowKey)]).CountAsync();
        }

        return count;
    }
}
