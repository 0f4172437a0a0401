using System.Globalization;
using System.Text.RegularExpressions;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>G14: from the start of the worker process to its first answer, against an isolated worker that does next to nothing.</summary>
internal sealed partial class ColdStartFigures(Bench bench, Options options)
{
    public async Task<Measured> MeasureAsync()
    {
        var turns = await Timing.InTurnsAsync(
            options.Pairs, _ => StartAsync(TestApp.Product, "api/health"), _ => StartAsync(TestApp.ForHostTests, "hello/you"));
        return new(
            FigureTable.G14, turns.Quotient, $"ours {turns.First.TotalMilliseconds:0} ms, empty {turns.Second.TotalMilliseconds:0} ms, {options.Pairs} pairs");
    }

    /// <returns>What the host says that the worker took until it was ready, and the first request after that.</returns>
    private async Task<TimeSpan> StartAsync(string app, string path)
    {
        await using var host = await HostProcess.StartAsync(new HostProcessOptions { AppFolder = app, Storage = bench.Azurite });
        var answered = await Timing.OfAsync(async () => (await host.Client.GetAsync(new Uri(path, UriKind.Relative))).EnsureSuccessStatusCode());
        var ready = host.Log.Select(line => Started().Match(line)).First(match => match.Success).Groups[1].Value;
        return TimeSpan.FromMilliseconds(int.Parse(ready, CultureInfo.InvariantCulture)) + answered;
    }

    [GeneratedRegex(@"Worker started \(pid \d+\) in (\d+) ms")]
    private static partial Regex Started();
}
