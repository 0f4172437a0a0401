using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class RunOrderTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(112)]
    public void Hands_out_every_run_once(int runs)
    {
        int[] all = [.. Enumerable.Range(0, runs)];

        Assert.Equal(all, RunOrder.Spread(all).Order());
    }

    [Fact]
    public void Hands_out_one_run_of_each_shard_before_the_second_of_any()
    {
        int[] sevenOfEachShard = [.. Enumerable.Range(0, 7 * Shard.Count)];

        var first = RunOrder.Spread(sevenOfEachShard).Take(Shard.Count);

        Assert.Equal(Shard.Count, first.Select(run => run / 7).Distinct().Count());
    }

    [Fact]
    public void Spreads_what_is_left_of_a_job() => Assert.Equal([3, 9, 20], RunOrder.Spread([3, 9, 20]));
}
