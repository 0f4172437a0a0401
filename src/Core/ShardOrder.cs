namespace CertFunctions.Core;

/// <summary>The order that selections are merged and run in: by shard, then by id (ordinal).</summary>
public sealed class ShardOrder : IComparer<LmsId>
{
    public static readonly ShardOrder Instance = new();

    private ShardOrder()
    {
    }

    public int Compare(LmsId? x, LmsId? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        var byShard = Shard.Of(x).Number - Shard.Of(y).Number;
        return byShard != 0 ? byShard : string.CompareOrdinal(x.Value, y.Value);
    }
}
