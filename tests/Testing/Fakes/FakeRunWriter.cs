using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Fakes;

internal sealed class FakeRunWriter(FakeAwardStore store, RunReceipt receipt, JobTurn turn) : IRunWriter
{
    /// <summary>As many new awards as one real transaction takes.</summary>
    private const int WritesPerCommit = 32;

    private RunReceipt stored = receipt;
    private bool hasFound;

    public RunReceipt Receipt { get; private set; } = receipt.SeenIn(turn);

    public Task<IReadOnlyList<JobResult>?> FindFailedAsync(CancellationToken cancellationToken) => store.Locked<IReadOnlyList<JobResult>?>(() =>
    {
        var results = store.ResultsOf(Receipt.Key);
        var next = results.FindIndex(Receipt.Next, result => result.Outcome == ChangeOutcome.Failed);
        (Receipt, hasFound) = (next < 0 ? Receipt : Receipt with { Next = next }, next >= 0);
        return next < 0 ? null : [.. results.Skip(next)];
    });

    public Task<CommitOutcome> CommitAsync(IReadOnlyList<TaskWrite> writes, CancellationToken cancellationToken) => store.Locked<CommitOutcome>(() =>
    {
        var taken = writes.Take(WritesPerCommit).ToList();
        if (HasMoved() || (turn.IsRetry && !hasFound))
        {
            return new CommitOutcome.ReceiptMoved();
        }

        var awards = taken.Select(write => write.Award).OfType<AwardWrite>().ToList();
        if (!awards.TrueForAll(store.IsCurrent))
        {
            return new CommitOutcome.AwardChanged();
        }

        awards.ForEach(store.Store);
        Receipt = stored = store.Advance(Receipt, [.. taken.Select(write => write.Result)], stopped: null);
        return new CommitOutcome.Committed(taken.Count);
    });

    public Task<CommitOutcome> StopAsync(
        IReadOnlyList<JobResult> unfinished, string reason, CancellationToken cancellationToken) => store.Locked<CommitOutcome>(() =>
    {
        if (HasMoved())
        {
            return new CommitOutcome.ReceiptMoved();
        }

        Receipt = stored = store.Advance(Receipt, unfinished, reason);
        return new CommitOutcome.Committed(unfinished.Count);
    });

    private bool HasMoved()
    {
        var found = store.ReceiptOf(Receipt.Key);
        if (found == stored)
        {
            return false;
        }

        (stored, Receipt, hasFound) = (found, found.SeenIn(turn), false);
        return true;
    }
}
