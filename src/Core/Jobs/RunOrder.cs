namespace CertFunctions.Core.Jobs;

/// <summary>In which order the runs of a job are handed out, and how many at once.</summary>
public static class RunOrder
{
    /// <summary>
    /// So many runs of a job are in the queue or at work, so that another job need not wait for all of them: two a shard, and as many as
    /// four instances fetch at once (host.json).
    /// </summary>
    public const int RunsAtOnce = 32;

    /// <summary>
    /// Deals runs out so that those that follow each other lie far apart. Runs are numbered shard by shard, and two of one shard that
    /// are processed at once contend for its count of holders.
    /// </summary>
    /// <param name="runs">How many the job has.</param>
    public static IEnumerable<int> Spread(int runs)
    {
        var ofShard = (runs + Shard.Count - 1) / Shard.Count;
        return Enumerable.Range(0, ofShard).SelectMany(
            first => Enumerable.Range(0, Shard.Count).Select(shard => (shard * ofShard) + first).Where(run => run < runs));
    }

    /// <summary>
    /// The runs to send when none is known to be on its way. Where a run behind one of them is done already, those behind it are not reached
    /// from here: once the rest stands still, the sweeper sends the first of what is missing then.
    /// </summary>
    public static IEnumerable<int> FirstOf(int runs, IReadOnlySet<int> done) => Spread(runs).Where(run => !done.Contains(run)).Take(RunsAtOnce);

    /// <summary>Which run to send when one is done. So the first ones and all that follow from them are each run of the job once.</summary>
    /// <returns>Null: none comes <see cref="RunsAtOnce"/> places behind it.</returns>
    public static int? SuccessorOf(int run, int runs) =>
        Spread(runs).SkipWhile(other => other != run).Select(other => (int?)other).ElementAtOrDefault(RunsAtOnce);
}
