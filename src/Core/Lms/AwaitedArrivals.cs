using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Lms;

/// <summary>Sends word of those users for whom dead letters wait; the others cost one look.</summary>
public sealed class AwaitedArrivals(IDeadLetterStore letters, IWebhookQueue queue) : IUserArrivals
{
    public async Task AnnounceAsync(LmsId userId, CancellationToken cancellationToken)
    {
        if (await letters.ReadWaitingAsync(userId, cancellationToken).AnyAsync(cancellationToken))
        {
            await queue.SendArrivalAsync(userId, cancellationToken);
        }
    }
}
