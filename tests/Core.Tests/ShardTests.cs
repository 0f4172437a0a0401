using CsCheck;

namespace CertFunctions.Core.Tests;

public sealed class ShardTests
{
    /// <summary>The published vectors (second digit of: printf %s u-1 | sha256sum). They are part of the storage schema: a change of one loses stored awards.</summary>
    [Theory]
    [InlineData("u-1", 2)]
    [InlineData("u-2", 15)]
    [InlineData("10001", 4)]
    [InlineData("ada@example.com", 5)]
    public void Is_the_same_for_ever(string userId, int shard) => Assert.Equal(shard, Shard.Of(LmsId.Parse(userId)).Number);

    [Fact]
    public void Spreads_users_evenly()
    {
        var sizes = Enumerable.Range(0, 16_000).CountBy(n => Shard.Of(LmsId.Parse($"u-{n}"))).ToDictionary();

        Assert.Equal(Shard.Count, sizes.Count);
        Assert.All(sizes.Values, size => Assert.InRange(size, 850, 1_150));
    }

    [Fact]
    public void Orders_users_by_shard_and_then_by_id() => Gen.Int[0, 9_999].Select(n => LmsId.Parse($"u-{n}")).List[0, 50].Sample(ids =>
    {
        var ordered = ids.Order(ShardOrder.Instance).ToList();
        return ordered.Zip(ordered.Skip(1)).All(pair =>
            (Shard.Of(pair.First).Number, pair.First.Value).CompareTo((Shard.Of(pair.Second).Number, pair.Second.Value)) <= 0
            || string.CompareOrdinal(pair.First.Value, pair.Second.Value) < 0);
    });
}
