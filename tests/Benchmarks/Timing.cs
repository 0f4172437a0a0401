using System.Diagnostics;

namespace CertFunctions.Benchmarks;

/// <summary>Times two things in turns, so that what else the machine does falls on both.</summary>
internal static class Timing
{
    public static async Task<TimeSpan> OfAsync(Func<Task> work)
    {
        var from = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(from);
    }

    /// <returns>The median of the quotients <paramref name="first"/> ÷ <paramref name="second"/>, and the median of each.</returns>
    public static async Task<Turns> InTurnsAsync(int pairs, Func<int, Task<TimeSpan>> first, Func<int, Task<TimeSpan>> second)
    {
        var times = new List<(TimeSpan First, TimeSpan Second)>();
        for (var pair = 0; pair < pairs; pair++)
        {
            times.Add((await first(pair), await second(pair)));
        }

        return new Turns(
            Median(times.Select(time => time.First / time.Second)),
            TimeSpan.FromMilliseconds(Median(times.Select(time => time.First.TotalMilliseconds))),
            TimeSpan.FromMilliseconds(Median(times.Select(time => time.Second.TotalMilliseconds))));
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}

internal sealed record Turns(double Quotient, TimeSpan First, TimeSpan Second);
