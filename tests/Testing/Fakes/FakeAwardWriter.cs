using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Fakes;

internal sealed class FakeAwardWriter(FakeAwardStore store, RunReceipt receipt) : IAwardWriter
{
    /// <summary>As many new awards as one real transaction takes.</summary>
    private const int WritesPerCommit = 32;

    public RunReceipt Receipt { get; private set; } = receipt;

    public Task<CommitOutcome> CommitAsync(IReadOnlyList<AwardWrite> writes, CancellationToken cancellationToken) => store.Locked<CommitOutcome>(() =>
    {
        var taken = writes.Take(WritesPerCommit).ToList();
        if (HasMoved())
        {
            return new CommitOutcome.ReceiptMoved();
        }

        if (!taken.TrueForAll(store.IsCurrent))
        {
            return new CommitOutcome.AwardChanged();
        }

        taken.ForEach(store.Store);
        Receipt = store.Advance(Receipt, taken, stopped: null);
        return new CommitOutcome.Committed(taken.Count);
    });

    public Task<CommitOutcome> StopAsync(
        IReadOnlyList<LmsId> unfinished, string code, string detail, CancellationToken cancellationToken) => store.Locked<CommitOutcome>(() =>
    {
        if (HasMoved())
        {
            return new CommitOutcome.ReceiptMoved();
        }

        var failed = unfinished.Select(userId => new AwardWrite(userId, null, null, Decision.Fail(code, detail))).ToList();
        Receipt = store.Advance(Receipt, failed, code);
        return new CommitOutcome.Committed(failed.Count);
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
