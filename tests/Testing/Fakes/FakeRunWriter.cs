using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Fakes;

internal sealed class FakeRunWriter(FakeAwardStore store, RunReceipt receipt) : IRunWriter
{
    /// <summary>As many new awards as one real transaction takes.</summary>
    private const int WritesPerCommit = 32;

    public RunReceipt Receipt { get; private set; } = receipt;

    public Task<CommitOutcome> CommitAsync(IReadOnlyList<TaskWrite> writes, CancellationToken cancellationToken) => store.Locked<CommitOutcome>(() =>
    {
        var taken = writes.Take(WritesPerCommit).ToList();
        if (HasMoved())
        {
            return new CommitOutcome.ReceiptMoved();
        }

        var awards = taken.Select(write => write.Award).OfType<AwardWrite>().ToList();
        if (!awards.TrueForAll(store.IsCurrent))
        {
            return new CommitOutcome.AwardChanged();
        }

        awards.ForEach(store.Store);
        Receipt = store.Advance(Receipt, [.. taken.Select(write => write.Result)], stopped: null);
        return new CommitOutcome.Committed(taken.Count);
    });

    public Task<CommitOutcome> StopAsync(
        IReadOnlyList<JobResult> unfinished, string reason, CancellationToken cancellationToken) => store.Locked<CommitOutcome>(() =>
    {
        if (HasMoved())
        {
            return new CommitOutcome.ReceiptMoved();
        }

        Receipt = store.Advance(Receipt, unfinished, reason);
        return new CommitOutcome.Committed(unfinished.Count);
    });

    private bool HasMoved()
    {
        var stored = store.ReceiptOf(Receipt.Key);
        if (stored == Receipt)
        {
            return false;
        }

        Receipt = stored;
        return true;
    }
}
