using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Awards;

/// <summary>What every store of runs promises to a run of a job.</summary>
public abstract class AwardRunContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly CertificationCode code = AwardSamples.NewCode();
    private readonly Shard shard = Shard.Numbered(5);
    private readonly RunKey run = new(JobId.New(AwardSamples.Now), 3, Shard.Numbered(5));

    protected abstract Task<AwardPorts> PortsAsync();

    [Fact]
    public async Task Thirty_two_new_awards_fit_one_commit_and_the_rest_comes_next()
    {
        var ports = await PortsAsync();
        var writes = NewAwards(40);
        var writer = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);

        Assert.Equal(new CommitOutcome.Committed(32), await writer.CommitAsync(writes, Cancellation));
        Assert.Equal(new CommitOutcome.Committed(8), await writer.CommitAsync([.. writes.Skip(32)], Cancellation));

        Assert.Equal((40, new JobCounts(Awarded: 40)), (writer.Receipt.Next, writer.Receipt.Counts));
        var stored = await ports.Store.FindManyAsync(code, shard, [.. writes.Select(write => write.Result.UserId!)], Cancellation);
        Assert.Equal(40, stored.Count);
        Assert.Equal(40, (await ports.Counts.CountHoldersAsync([code], Cancellation))[code]);
    }

    [Fact]
    public async Task Another_writer_goes_on_from_the_receipt()
    {
        var ports = await PortsAsync();
        var first = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);
        await first.CommitAsync(NewAwards(3), Cancellation);

        var second = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: false, Cancellation);

        Assert.Equal((3, new JobCounts(Awarded: 3)), (second.Receipt.Next, second.Receipt.Counts));
        Assert.Equal([second.Receipt], await ports.Runs.ListReceiptsAsync(run.JobId, Cancellation));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replay_is_refused_and_told_where_the_run_is(bool isNew)
    {
        var ports = await PortsAsync();
        var late = await ports.Runs.OpenAsync(run, JobTurn.First, isNew, Cancellation);
        var writer = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);
        await writer.CommitAsync(NewAwards(3), Cancellation);

        Assert.Equal(new CommitOutcome.ReceiptMoved(), await late.CommitAsync(NewAwards(3), Cancellation));

        Assert.Equal(3, late.Receipt.Next);
        Assert.Equal(3, (await ports.Counts.CountHoldersAsync([code], Cancellation))[code]);
    }

    [Fact]
    public async Task An_award_that_changed_meanwhile_stops_the_whole_commit()
    {
        var ports = await PortsAsync();
        var writes = NewAwards(3);
        var writer = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);
        Assert.True(await ports.Store.TryWriteAsync(writes[1].Award!, Cancellation));

        Assert.Equal(new CommitOutcome.AwardChanged(), await writer.CommitAsync(writes, Cancellation));

        Assert.Equal(0, writer.Receipt.Next);
        Assert.Null(await ports.Store.FindAsync(code, writes[0].Result.UserId!, Cancellation));
        Assert.Equal(1, (await ports.Counts.CountHoldersAsync([code], Cancellation))[code]);
    }

    [Fact]
    public async Task Two_runs_on_one_certification_lose_no_count()
    {
        var ports = await PortsAsync();
        var writes = NewAwards(20);
        var one = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);
        var other = await ports.Runs.OpenAsync(run with { Run = 4 }, JobTurn.First, isNew: true, Cancellation);
        await one.CommitAsync([.. writes.Take(5)], Cancellation);
        await other.CommitAsync([.. writes.Skip(10).Take(5)], Cancellation);

        Assert.Equal(new CommitOutcome.Committed(5), await one.CommitAsync([.. writes.Skip(5).Take(5)], Cancellation));
        Assert.Equal(new CommitOutcome.Committed(5), await other.CommitAsync([.. writes.Skip(15)], Cancellation));

        Assert.Equal(20, (await ports.Counts.CountHoldersAsync([code], Cancellation))[code]);
    }

    [Fact]
    public async Task Results_come_page_by_page_in_the_order_of_users()
    {
        var ports = await PortsAsync();
        List<TaskWrite> writes =
        [
            .. NewAwards(5).Select((write, index) => index % 2 == 0
                ? write
                : AwardSamples.Skipped(write.Result.UserId!)),
        ];
        var writer = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);
        await writer.CommitAsync([.. writes.Take(2)], Cancellation);
        await writer.CommitAsync([.. writes.Skip(2)], Cancellation);

        foreach (var limit in new[] { 1, 2, 3, 5, 6 })
        {
            var all = await Walk.PagesAsync(page => ports.Runs.ListResultsAsync(run, null, page, Cancellation), limit);
            Assert.Equal(writes.Select(write => write.Result), all.SelectMany(page => page));
            var skipped = await Walk.PagesAsync(page => ports.Runs.ListResultsAsync(run, ChangeOutcome.Skipped, page, Cancellation), limit);
            Assert.Equal([writes[1].Result, writes[3].Result], skipped.SelectMany(page => page));
        }
    }

    [Fact]
    public async Task A_stopped_run_counts_who_is_left_as_failed_and_refuses_who_still_writes()
    {
        var ports = await PortsAsync();
        var writes = NewAwards(5);
        var writer = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);
        await writer.CommitAsync([.. writes.Take(2)], Cancellation);
        var stopper = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: false, Cancellation);

        await stopper.StopAsync([.. writes.Skip(2).Select(write => AwardSamples.ResultOf(write.Result.UserId!, ChangeOutcome.Failed, null))], "job_failed", Cancellation);

        Assert.Equal((5, "job_failed", new JobCounts(Awarded: 2, Failed: 3)), (stopper.Receipt.Next, stopper.Receipt.Stopped, stopper.Receipt.Counts));
        Assert.Equal(new CommitOutcome.ReceiptMoved(), await writer.CommitAsync([.. writes.Skip(2)], Cancellation));
        Assert.Equal("job_failed", writer.Receipt.Stopped);
        Assert.Equal(2, (await ports.Counts.CountHoldersAsync([code], Cancellation))[code]);
    }

    [Fact]
    public async Task A_run_that_was_cancelled_refuses_who_still_writes_and_goes_on_in_another_turn()
    {
        var ports = await PortsAsync();
        var writes = NewAwards(5);
        var writer = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);
        await writer.CommitAsync([.. writes.Take(2)], Cancellation);
        var closer = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: false, Cancellation);
        await closer.StopAsync([], RunReceipt.Cancelled, Cancellation);

        var refused = await writer.CommitAsync([.. writes.Skip(2)], Cancellation);
        var next = await ports.Runs.OpenAsync(run, JobTurn.First.Next, isNew: false, Cancellation);
        var gone = await next.CommitAsync([.. writes.Skip(2)], Cancellation);

        Assert.Equal((new CommitOutcome.ReceiptMoved(), "cancelled"), (refused, writer.Receipt.Stopped));
        Assert.Equal(new CommitOutcome.Committed(3), gone);
        Assert.Equal((5, null, new JobCounts(Awarded: 5)), (next.Receipt.Next, next.Receipt.Stopped, next.Receipt.Counts));
        Assert.Equal(5, (await ports.Counts.CountHoldersAsync([code], Cancellation))[code]);
    }

    [Fact]
    public async Task A_run_that_nobody_has_begun_can_be_cancelled()
    {
        var ports = await PortsAsync();
        var closer = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: false, Cancellation);
        await closer.StopAsync([], RunReceipt.Cancelled, Cancellation);

        var late = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);

        Assert.Equal(new CommitOutcome.ReceiptMoved(), await late.CommitAsync(NewAwards(3), Cancellation));
        Assert.Equal(RunReceipt.Cancelled, late.Receipt.Stopped);
        Assert.Equal(0, (await ports.Counts.CountHoldersAsync([code], Cancellation))[code]);
    }

    /// <summary>200 tasks of which each third failed: more than one transaction writes, and more than one row of results.</summary>
    [Fact]
    public async Task A_retry_puts_what_it_does_in_the_place_of_what_failed()
    {
        var ports = await PortsAsync();
        var writes = NewAwards(200);
        List<TaskWrite> first = [.. writes.Select((write, n) => n % 3 == 0 ? FailureOf(write) : write)];
        await CommitAllAsync(await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation), first);
        var before = await ResultsAsync(ports);

        var retry = await ports.Runs.OpenAsync(run, JobTurn.First.NextAsRetry, isNew: false, Cancellation);
        while (await retry.FindFailedAsync(Cancellation) is { } former)
        {
            var from = retry.Receipt.Next;
            await CommitAllAsync(retry, [.. former.Select((result, n) => result.Outcome == ChangeOutcome.Failed ? writes[from + n] : new TaskWrite(result))]);
        }

        Assert.Equal(new JobCounts(Awarded: 200), retry.Receipt.Counts);
        Assert.Equal(writes.Select(write => write.Result), await ResultsAsync(ports));
        Assert.Equal(first.Select(write => write.Result), before);
        Assert.Equal(200, (await ports.Counts.CountHoldersAsync([code], Cancellation))[code]);
    }

    [Fact]
    public async Task Of_two_retries_at_once_each_failure_is_done_by_one()
    {
        var ports = await PortsAsync();
        var writes = NewAwards(60);
        await CommitAllAsync(await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation), [.. writes.Select(FailureOf)]);
        var one = await ports.Runs.OpenAsync(run, JobTurn.First.NextAsRetry, isNew: false, Cancellation);
        var other = await ports.Runs.OpenAsync(run, JobTurn.First.NextAsRetry, isNew: false, Cancellation);
        await one.FindFailedAsync(Cancellation);
        await other.FindFailedAsync(Cancellation);

        var first = Assert.IsType<CommitOutcome.Committed>(await one.CommitAsync(writes, Cancellation)).Count;
        var refused = await other.CommitAsync(writes, Cancellation);
        var again = await other.CommitAsync(writes, Cancellation);
        var left = await other.FindFailedAsync(Cancellation);
        await CommitAllAsync(other, [.. writes.Skip(first)]);

        Assert.Equal((new CommitOutcome.ReceiptMoved(), new CommitOutcome.ReceiptMoved()), (refused, again));
        Assert.Equal(60 - first, left!.Count);
        Assert.Equal(new JobCounts(Awarded: 60), other.Receipt.Counts);
        Assert.Null(await other.FindFailedAsync(Cancellation));
    }

    [Fact]
    public async Task A_run_of_which_nobody_heard_has_no_receipt_and_no_results()
    {
        var ports = await PortsAsync();

        Assert.Empty(await ports.Runs.ListReceiptsAsync(run.JobId, Cancellation));
        Assert.Empty((await ports.Runs.ListResultsAsync(run, null, new PageRequest(50, null), Cancellation)).Items);
    }

    private static TaskWrite FailureOf(TaskWrite write) => new(AwardSamples.ResultOf(write.Result.UserId!, ChangeOutcome.Failed, null));

    private static async Task CommitAllAsync(IRunWriter writer, List<TaskWrite> writes)
    {
        for (var done = 0; done < writes.Count;)
        {
            done += Assert.IsType<CommitOutcome.Committed>(await writer.CommitAsync([.. writes.Skip(done)], Cancellation)).Count;
        }
    }

    private Task<List<JobResult>> ResultsAsync(AwardPorts ports) => Walk.AllAsync(50, page => ports.Runs.ListResultsAsync(run, null, page, Cancellation));

    private List<TaskWrite> NewAwards(int count) =>
    [
        .. AwardSamples.UsersOf(shard, count).Select(userId =>
            AwardSamples.TaskOf(AwardSamples.WriteOf(AwardSamples.New(code, userId, new DateOnly(2028, 1, 1))))),
    ];

    public sealed class OfTheFake : AwardRunContract
    {
        protected override Task<AwardPorts> PortsAsync() => Task.FromResult(AwardPorts.OfTheFake());
    }

    public sealed class OfTheTable : AwardRunContract
    {
        protected override Task<AwardPorts> PortsAsync() => AwardPorts.OfTheTableAsync();

        /// <summary>The results of a transaction lie in one row: as many as fit there, however long they are.</summary>
        [Theory]
        [InlineData(10, 900, 1_000)]
        [InlineData(Limits.ResultDetailLength, 100, 300)]
        public async Task Tasks_that_write_nothing_are_committed_by_the_row(int characters, int atLeast, int atMost)
        {
            var ports = await PortsAsync();
            var detail = new string('\u0436', characters);
            List<TaskWrite> writes = [.. AwardSamples.UsersOf(shard, 1_000).Select(userId => AwardSamples.Skipped(userId))
                .Select(write => write with { Result = write.Result with { Detail = detail } })];
            var writer = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);

            var first = Assert.IsType<CommitOutcome.Committed>(await writer.CommitAsync(writes, Cancellation)).Count;
            for (var done = first; done < writes.Count;)
            {
                done += Assert.IsType<CommitOutcome.Committed>(await writer.CommitAsync([.. writes.Skip(done)], Cancellation)).Count;
            }

            Assert.InRange(first, atLeast, atMost);
            var results = await Walk.AllAsync(200, page => ports.Runs.ListResultsAsync(run, null, page, Cancellation));
            Assert.Equal(writes.Select(write => write.Result), results);
        }

        /// <summary>A count of every month that a date can have takes most of a row: a transaction of twelve of them would be refused.</summary>
        [Fact]
        public async Task Awards_whose_counts_are_the_largest_there_are_go_a_few_at_a_time()
        {
            var ports = await PortsAsync();
            IReadOnlyList<TaskWrite> writes = [.. await Task.WhenAll(AwardSamples.UsersOf(shard, 12).Select(NewAwardOfLargestCountAsync))];
            var writer = await ports.Runs.OpenAsync(run, JobTurn.First, isNew: true, Cancellation);

            for (var next = 0; next < writes.Count; next += 2)
            {
                Assert.Equal(new CommitOutcome.Committed(2), await writer.CommitAsync([.. writes.Skip(next)], Cancellation));
            }

            Assert.Equal(new JobCounts(Awarded: 12), writer.Receipt.Counts);
            await ForgetCountsAsync([.. writes.Select(write => write.Award!.After!.CertificationCode)]);
        }

        /// <summary>The emulator, which all tests share, writes all that it has to disk again and again.</summary>
        private async Task ForgetCountsAsync(IEnumerable<CertificationCode> codes)
        {
            var table = (await Emulator.ClientsAsync()).Table(StorageNames.Tables.Awards);
            await Task.WhenAll(codes.Select(code => table.DeleteEntityAsync(AwardKeys.Partition(shard), AwardKeys.HolderCount(code), cancellationToken: Cancellation)));
        }

        private async Task<TaskWrite> NewAwardOfLargestCountAsync(LmsId userId)
        {
            var certification = AwardSamples.NewCode();
            var months = new ExpiryMonths();
            for (var month = CalendarDate.Earliest; month < DateOnly.MaxValue.AddMonths(-1); month = month.AddMonths(1))
            {
                months.Add(month, 1_000_000);
            }

            var row = new TableEntity(AwardKeys.Partition(shard), AwardKeys.HolderCount(certification)) { [HolderCount.Holders] = int.MaxValue - 1 };
            PropertyParts.Write(row, HolderCount.Expiries, months.ToBytes());
            await (await Emulator.ClientsAsync()).Table(StorageNames.Tables.Awards).AddEntityAsync(row, Cancellation);
            return AwardSamples.TaskOf(AwardSamples.WriteOf(AwardSamples.New(certification, userId, new DateOnly(2028, 1, 1))));
        }
    }
}
