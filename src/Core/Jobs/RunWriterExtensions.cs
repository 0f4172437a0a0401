namespace CertFunctions.Core.Jobs;

internal static class RunWriterExtensions
{
    /// <summary>
    /// Told to stop, a run waits so long for the transaction in hand, which takes milliseconds: given up at once, it might be stored all the same.
    /// </summary>
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(2);

    /// <summary>What comes next: all tasks that are left; in a retry those of the next results among which some failed.</summary>
    /// <returns>None: nothing is left, or the run was stopped.</returns>
    public static async Task<IReadOnlyList<OpenTask>> ListNextAsync(this IRunWriter writer, RunTasks run, JobTurn turn, CancellationToken cancellationToken)
    {
        if (writer.Receipt.Stopped is not null)
        {
            return [];
        }

        if (!turn.IsRetry)
        {
            return [.. run.Tasks.Skip(writer.Receipt.Next).Select(task => new OpenTask(task, null))];
        }

        var former = await writer.FindFailedAsync(cancellationToken) ?? [];
        return [.. run.Tasks.Skip(writer.Receipt.Next).Zip(former, (task, result) => new OpenTask(task, result))];
    }

    /// <summary>How the run has ended, now that nothing comes next.</summary>
    /// <param name="didAny">Whether this call did any of it.</param>
    public static RunEnd EndOf(this IRunWriter writer, RunTasks run, JobTurn turn, bool didAny) =>
        writer.Receipt.Stopped == RunReceipt.Cancelled && (turn.IsRetry || writer.Receipt.Next < run.Tasks.Count) ? RunEnd.Cancelled
        : didAny ? RunEnd.Done
        : RunEnd.WasDone;

    /// <summary>Does what may be done again, and notes then what it came to, from where the receipt says until nothing is left.</summary>
    /// <param name="doNext">Does the first or all of the tasks that are left.</param>
    public static async Task<RunEnd> DoAsync(
        this IRunWriter writer, RunTasks run, JobTurn turn, Func<IEnumerable<RunTask>, Task<IReadOnlyList<JobResult>>> doNext, CancellationToken cancellationToken)
    {
        var notedAny = false;
        while (await writer.ListNextAsync(run, turn, cancellationToken) is { Count: > 0 } open)
        {
            var results = await doNext(open.Where(task => task.IsToDo).Select(task => task.Task));
            var writes = open.WithDone([.. results.Select(result => new TaskWrite(result))]);
            notedAny |= (await writer.CommitAllAsync(writes, cancellationToken)).Count > 0;
        }

        return writer.EndOf(run, turn, notedAny);
    }

    /// <summary>What to store for tasks, in their order: what was decided, and of those that are not to be done what they came to before.</summary>
    /// <param name="decided">Of the first of those that are to be done, or of all.</param>
    public static IReadOnlyList<TaskWrite> WithDone(this IReadOnlyList<OpenTask> open, IReadOnlyList<TaskWrite> decided)
    {
        var (writes, next) = (new List<TaskWrite>(open.Count), 0);
        foreach (var task in open)
        {
            if (task.IsToDo && next == decided.Count)
            {
                break;
            }

            writes.Add(task.IsToDo ? decided[next++] : new TaskWrite(task.Former!));
        }

        return writes;
    }

    /// <summary>
    /// Stores what was decided, transaction after transaction, until all of it is stored or the world has moved. Told to stop, it ends the
    /// transaction in hand and begins no other.
    /// </summary>
    /// <returns>What is stored: the first so many.</returns>
    public static async Task<IReadOnlyList<TaskWrite>> CommitAllAsync(
        this IRunWriter writer, IReadOnlyList<TaskWrite> writes, CancellationToken cancellationToken)
    {
        using var ending = new CancellationTokenSource();
        using var told = cancellationToken.Register(() => ending.CancelAfter(TimeToEnd));
        var done = 0;
        while (done < writes.Count)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (await writer.CommitAsync([.. writes.Skip(done)], ending.Token) is not CommitOutcome.Committed(var count))
            {
                break;
            }

            done += count;
        }

        return [.. writes.Take(done)];
    }
}

/// <summary>A task that a run comes to.</summary>
/// <param name="Former">What it came to before, in a retry; null: it has not been done.</param>
internal sealed record OpenTask(RunTask Task, JobResult? Former)
{
    /// <summary>A retry does again what failed, and nothing else.</summary>
    public bool IsToDo => Former is null or { Outcome: ChangeOutcome.Failed };
}
