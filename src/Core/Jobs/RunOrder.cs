namespace CertFunctions.Core.Jobs;

/// <summary>In which order the runs of a job are handed out.</summary>
public static class RunOrder
{
    /// <summary>
    /// Deals runs out so that those that follow each other lie far apart. Runs are numbered shard by shard, and two of one shard that
    /// are processed at once contend for its count of holders.
    /// </summary>
    /// <param name="runs">In the order of their numbers.</param>
    public static IEnumerable<int> Spread(IReadOnlyList<int> runs)
    {
        var ofShard = (runs.Count + Shard.Count - 1) / Shard.Count;
        return Enumerable.Range(0, ofShard).SelectMany(
            first => Enumerable.Range(0, Shard.Count).Select(shard => (shard * ofShard) + first).Where(index => index < runs.Count))
            .Select(index => runs[index]);
    }
}
