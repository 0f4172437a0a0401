namespace CertFunctions.Core.Jobs;

internal static class RunWriterExtensions
{
    /// <summary>Does what may be done again, and notes then what it came to, from where the receipt says until nothing is left.</summary>
    /// <param name="doNext">Does the first or all of the tasks that are left.</param>
    /// <returns>Whether this call noted any as done.</returns>
    public static async Task<bool> DoAsync(
        this IRunWriter writer, RunTasks run, Func<IEnumerable<RunTask>, Task<IReadOnlyList<JobResult>>> doNext, CancellationToken cancellationToken)
    {
        var notedAny = false;
        while (writer.Receipt.Stopped is null && writer.Receipt.Next < run.Tasks.Count)
        {
            var results = await doNext(run.Tasks.Skip(writer.Receipt.Next));
            notedAny |= (await writer.CommitAllAsync([.. results.Select(result => new TaskWrite(result))], cancellationToken)).Count > 0;
        }

        return notedAny;
    }

    /// <summary>Stores what was decided, transaction after transaction, until all of it is stored or the world has moved.</summary>
    /// <returns>What is stored: the first so many.</returns>
    public static async Task<IReadOnlyList<TaskWrite>> CommitAllAsync(
        this IRunWriter writer, IReadOnlyList<TaskWrite> writes, CancellationToken cancellationToken)
    {
        var done = 0;
        while (done < writes.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await writer.CommitAsync([.. writes.Skip(done)], cancellationToken) is not CommitOutcome.Committed(var count))
            {
                break;
            }

            done += count;
        }

        return [.. writes.Take(done)];
    }
}
