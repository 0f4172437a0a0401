using CertFunctions.Core.Jobs;
using CertFunctions.Testing;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class RunWriterTests
{
    /// <summary>So that a test fails that would hang: much longer than a run waits.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_transaction_that_never_ends_does_not_hold_a_run_that_is_told_to_stop()
    {
        var writer = new HangingWriter();
        using var stopping = new CancellationTokenSource();
        var committing = writer.CommitAllAsync([AwardSamples.Skipped(Sample.Id("u-1"))], stopping.Token);
        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => committing.WaitAsync(Limit, TestContext.Current.CancellationToken));

        Assert.Equal(1, writer.Begun);
    }

    private sealed class HangingWriter : IRunWriter
    {
        public int Begun { get; private set; }

        public RunReceipt Receipt => throw new NotSupportedException();

        public Task<IReadOnlyList<JobResult>?> FindFailedAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task<CommitOutcome> CommitAsync(IReadOnlyList<TaskWrite> writes, CancellationToken cancellationToken)
        {
            Begun++;
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return new CommitOutcome.Committed(writes.Count);
        }

        public Task<CommitOutcome> StopAsync(IReadOnlyList<JobResult> unfinished, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
