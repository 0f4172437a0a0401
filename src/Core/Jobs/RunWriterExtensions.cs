namespace CertFunctions.Core.Jobs;

internal static class RunWriterExtensions
{
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
