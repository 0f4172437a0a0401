using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace CertFunctions.Functions.Tests.Faults.Mixed;

/// <summary>
/// Whatever happens, in any order, at once, and while processes die and the storage has trouble: when all is at rest the store agrees with itself.
/// <c>Mixed_Seconds</c> says for how long that is tried, <c>Mixed_Seed</c> with which seed it begins.
/// </summary>
public sealed class MixedTests
{
    private const int AtOnce = 2;
    private static readonly TimeSpan ShortenFor = TimeSpan.FromMinutes(4);

    [Fact]
    public async Task Whatever_happens_the_store_agrees_with_itself()
    {
        var (seconds, first) = (SettingOf("Mixed_Seconds") ?? 30, SettingOf("Mixed_Seed") ?? Random.Shared.Next(1_000_000));
        var (watch, played, failed) = (Stopwatch.StartNew(), 0, new ConcurrentBag<int>());
        await Parallel.ForEachAsync(Enumerable.Range(first, 1_000_000).TakeWhile(_ => watch.Elapsed.TotalSeconds < seconds && failed.IsEmpty), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (seed, _) =>
        {
            if ((await MixedScene.PlayAsync(Happening.Sequence(seed))).Count > 0)
            {
                failed.Add(seed);
            }

            Interlocked.Increment(ref played);
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{played} sequences from seed {first}");
        Assert.True(failed.IsEmpty, failed.IsEmpty ? "" : await DescribeAsync(failed.Min()));
    }

    /// <summary>The shortest sequence that goes wrong as well, as far as it is found in time.</summary>
    private static async Task<string> DescribeAsync(int seed)
    {
        var (watch, happenings) = (Stopwatch.StartNew(), Happening.Sequence(seed).ToList());
        var wrong = await MixedScene.PlayAsync(happenings);
        for (var size = happenings.Count / 2; wrong.Count > 0 && size > 0; size /= 2)
        {
            for (var from = happenings.Count - size; from >= 0 && watch.Elapsed < ShortenFor; from -= size)
            {
                List<Happening> fewer = [.. happenings.Take(from), .. happenings.Skip(from + size)];
                if (await MixedScene.PlayAsync(fewer) is { Count: > 0 } still)
                {
                    (happenings, wrong) = (fewer, still);
                }
            }
        }

        return string.Join(Environment.NewLine, [
            $"Mixed_Seed={seed}: {(wrong.Count == 0 ? "went wrong once, and not again" : "goes wrong")}",
            .. happenings.Select(happening => $"  {happening}"),
            .. wrong.Take(20),
        ]);
    }

    private static int? SettingOf(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var set) ? set : null;
}
