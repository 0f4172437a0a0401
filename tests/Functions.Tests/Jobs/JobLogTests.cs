using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Jobs;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Records;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Tests.Jobs;

public sealed class JobLogTests : ILogger<JobLog>
{
    private readonly List<string> lines = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_writes_one_line_when_it_starts_and_one_when_it_ends()
    {
        var store = new LoggedJobStore(new FakeJobStore(), new JobLog(this));
        var job = TestJob.OfFew("u-1", "u-2");
        var added = await store.TryAddAsync(job, null, Cancellation);
        await store.TryAddAsync(job, null, Cancellation);
        var running = await store.TryReplaceAsync(job with { Resends = 1 }, added!, null, Cancellation);
        var ended = job.Completed(new JobCounts(Awarded: 1, Failed: 1), TestJob.At);
        await store.TryReplaceAsync(ended, running!, null, Cancellation);
        await store.TryReplaceAsync(ended, running!, null, Cancellation);

        Assert.Equal(
            [
                $"Job {job.Id} starts: Award of FIRE-1, in all 2",
                $"Job {job.Id} ends: Award CompletedWithErrors (no error), in all 2: 1 awarded, 0 renewed, 0 updated, 0 revoked, 0 skipped, 1 failed",
            ],
            lines);
    }

    [Fact]
    public async Task A_job_that_ends_as_it_is_made_writes_both()
    {
        var store = new LoggedJobStore(new FakeJobStore(), new JobLog(this));

        await store.TryAddAsync(TestJob.OfFew("u-1").Failed("confirmation_mismatch", "7 users were confirmed.", TestJob.At), null, Cancellation);

        Assert.Equal(2, lines.Count);
        Assert.Contains("Failed (confirmation_mismatch)", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_stall_and_its_end_are_a_line_each()
    {
        var log = new JobLog(this);
        var job = TestJob.OfFew("u-1") with { Resends = 2, Trouble = new JobTrouble("storage_unavailable", "It did not answer.", TestJob.At) };

        log.Note(new SweptJob(job, Resumed: false));
        log.Note(new SweptJob(job, Resumed: true));

        Assert.Equal(
            [$"Job {job.Id} has stalled (storage_unavailable): its messages are sent again, for the 2. time", $"Job {job.Id} has moved on"], lines);
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        lines.Add(formatter(state, exception));
}
