namespace CertFunctions.Core.Jobs;

/// <summary>
/// Sends the first message of a job whose row is stored. From then on the job is there: trouble with the queue is none of the caller's
/// any more, who would ask again and make a second one. The sweeper sends what was not.
/// </summary>
public sealed class JobStart(IJobQueue queue, IsStorageTrouble isTrouble)
{
    public Task ExpandAsync(JobId id, CancellationToken cancellationToken) => TryAsync(() => queue.SendExpansionAsync(id, cancellationToken));

    public Task ImportAsync(JobId id, CancellationToken cancellationToken) => TryAsync(() => queue.SendImportAsync(id, cancellationToken));

    private async Task TryAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (Exception e) when (isTrouble(e))
        {
        }
    }
}
