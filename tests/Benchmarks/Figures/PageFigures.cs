using CertFunctions.Benchmarks.Raw;
using CertFunctions.Functions.Awards;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G7, G8, G9: what reading costs, and that it costs the same when much is stored.</summary>
internal sealed class PageFigures(Bench bench, Options options)
{
    private const int PageSize = 50;
    private const int SmallList = 1_000;

    public async IAsyncEnumerable<Measured> MeasureAsync()
    {
        await bench.EmptyAwardsAsync();
        var small = await AddListAsync("small-list", SmallList);
        var atSmall = await CompareAsync(small);
        var large = await AddListAsync("large-list", options.LargeList);
        var atLarge = await CompareAsync(large);

        bench.App.Counts.Reset();
        await ListAsync(large);
        yield return new(FigureTable.G7, bench.App.Counts.TableTransactions, $"{options.LargeList:n0} awards");
        yield return new(
            FigureTable.G8,
            atLarge.First / atSmall.First / (atLarge.Second / atSmall.Second),
            $"{options.LargeList:n0} awards: ours {Ms(atLarge.First)}, raw {Ms(atLarge.Second)}; 1,000: ours {Ms(atSmall.First)}, raw {Ms(atSmall.Second)}");

        await ListOfUserAsync();
        bench.App.Counts.Reset();
        await ListOfUserAsync();
        yield return new(FigureTable.G9, bench.App.Counts.TableTransactions, "certifications known to the instance");
    }

    private static string Ms(TimeSpan time) => $"{time.TotalMilliseconds:0.0} ms";

    private async Task<string> AddListAsync(string code, int holders)
    {
        var added = await bench.App.AddCertificationAsync(code, CancellationToken.None);
        await bench.App.AddAwardsAsync(added, holders, CancellationToken.None);
        return added.Value;
    }

    private async Task<Turns> CompareAsync(string code)
    {
        var raw = new RawPage(bench.Awards);
        await ListAsync(code);
        await raw.ReadAsync(code, PageSize, CancellationToken.None);
        return await Timing.InTurnsAsync(
            options.Pairs * 4,
            _ => Timing.OfAsync(() => ListAsync(code)),
            _ => Timing.OfAsync(() => raw.ReadAsync(code, PageSize, CancellationToken.None)));
    }

    private async Task ListAsync(string code)
    {
        var request = TestRequest.Get($"/api/certifications/{code}/awards?limit={PageSize}");
        await bench.App.Function<ListAwards>().Run(request, code, CancellationToken.None);
    }

    private async Task ListOfUserAsync()
    {
        var userId = SeededUsers.User(0).Id.Value;
        await bench.App.Function<ListUserAwards>().Run(TestRequest.Get($"/api/users/{userId}/awards"), userId, CancellationToken.None);
    }
}
