using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class RunOrderTests
{
    private static readonly IReadOnlySet<int> None = new HashSet<int>();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(112)]
    public void Hands_out_every_run_once(int runs) => Assert.Equal(Enumerable.Range(0, runs), RunOrder.Spread(runs).Order());

    [Fact]
    public void Hands_out_one_run_of_each_shard_before_the_second_of_any()
    {
        var first = RunOrder.Spread(7 * Shard.Count).Take(Shard.Count);

        Assert.Equal(Shard.Count, first.Select(run => run / 7).Distinct().Count());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(RunOrder.RunsAtOnce - 1)]
    [InlineData(RunOrder.RunsAtOnce)]
    [InlineData(RunOrder.RunsAtOnce + 1)]
    [InlineData(100)]
    [InlineData(1_000)]
    public void The_first_and_those_that_follow_from_them_are_each_run_once(int runs)
    {
        var first = RunOrder.FirstOf(runs, None).ToList();

        Assert.Equal(Math.Min(runs, RunOrder.RunsAtOnce), first.Count);
        Assert.Equal(Enumerable.Range(0, runs), first.SelectMany(run => ChainFrom(run, runs)).Order());
    }

    [Fact]
    public void Whoever_comes_next_lies_as_many_places_behind_as_are_sent_at_first()
    {
        int[] order = [.. RunOrder.Spread(100)];

        Assert.Equal(order.Skip(RunOrder.RunsAtOnce), order.SkipLast(RunOrder.RunsAtOnce).Select(run => RunOrder.SuccessorOf(run, order.Length)!.Value));
        Assert.All(order.TakeLast(RunOrder.RunsAtOnce), run => Assert.Null(RunOrder.SuccessorOf(run, order.Length)));
    }

    [Fact]
    public void Of_what_is_left_of_a_job_the_first_in_its_order_are_sent()
    {
        int[] order = [.. RunOrder.Spread(100)];
        HashSet<int> done = [.. order.Where((_, place) => place % 2 == 0)];

        Assert.Equal(order.Where(run => !done.Contains(run)).Take(RunOrder.RunsAtOnce), RunOrder.FirstOf(order.Length, done));
    }

    private static IEnumerable<int> ChainFrom(int run, int runs)
    {
        for (int? next = run; next is { } one; next = RunOrder.SuccessorOf(one, runs))
        {
            yield return one;
        }
    }
}
