using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Lms;

/// <summary>Sends word of those users for whom dead letters wait; all others together cost one look.</summary>
public sealed class AwaitedArrivals(IDeadLetterStore letters, IWebhookQueue queue) : IUserArrivals
{
    public async Task AnnounceAsync(IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken)
    {
        foreach (var awaited in await letters.FindAwaitedAsync(userIds, cancellationToken))
        {
            await queue.SendArrivalAsync(awaited, cancellationToken);
        }
    }
}
