using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Records;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Jobs;

/// <summary>What every store of jobs promises.</summary>
public abstract class JobStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IJobStore> StoreAsync();

    [Fact]
    public async Task Finds_a_job_as_it_was_added()
    {
        var store = await StoreAsync();
        var job = TestJob.OfFew("u-1", "u-2", "u-3");
        job = job with { Work = (AwardUsersWork)job.Work with { ConfirmUsers = 3 } };

        await store.TryAddAsync(job, null, Cancellation);

        var found = (await store.FindAsync(job.Id, Cancellation))!.Job;
        var (asked, work) = ((AwardUsersWork)job.Work, (AwardUsersWork)found.Work);
        Assert.Equal(asked.Users, work.Users);
        Assert.Equal(asked, work with { Users = asked.Users });
        Assert.Equal(job, found with { Work = job.Work });
    }

    [Fact]
    public async Task Keeps_how_far_the_tasks_of_a_job_are_listed()
    {
        var store = await StoreAsync();
        var job = TestJob.Queued() with { Listed = new ListedTasks(["manifest.a", "manifest.b"], LmsId.Parse("u-7")) };

        await store.TryAddAsync(job, null, Cancellation);

        var listed = (await store.FindAsync(job.Id, Cancellation))!.Job.Listed!;
        Assert.Equal(["manifest.a", "manifest.b"], listed.Parts);
        Assert.Equal(LmsId.Parse("u-7"), listed.Last);
    }

    [Fact]
    public async Task Adds_a_job_once()
    {
        var store = await StoreAsync();
        var job = TestJob.Queued();
        await store.TryAddAsync(job, null, Cancellation);

        Assert.Null(await store.TryAddAsync(job with { RequestedBy = "somebody else" }, null, Cancellation));
        Assert.Equal("local-developer", (await store.FindAsync(job.Id, Cancellation))!.Job.RequestedBy);
    }

    [Fact]
    public async Task Replaces_only_the_revision_that_it_has()
    {
        var store = await StoreAsync();
        var first = (await store.TryAddAsync(TestJob.Queued(), null, Cancellation))!;

        var second = await store.TryReplaceAsync(first.Job with { Total = 7 }, first, null, Cancellation);

        Assert.NotNull(second);
        Assert.Null(await store.TryReplaceAsync(first.Job with { Total = 8 }, first, null, Cancellation));
        Assert.Equal(7, (await store.FindAsync(first.Job.Id, Cancellation))!.Job.Total);
        Assert.NotNull(await store.TryReplaceAsync(first.Job with { Total = 9 }, second, null, Cancellation));
    }

    [Fact]
    public async Task Lists_a_job_as_active_until_it_is_final()
    {
        var store = await StoreAsync();
        var added = (await store.TryAddAsync(TestJob.Queued(), null, Cancellation))!;
        Assert.Contains(added.Job.Id, await ActiveAsync(store));

        var ended = await store.TryReplaceAsync(added.Job.Completed(JobCounts.None, TestJob.At), added, null, Cancellation);

        Assert.DoesNotContain(added.Job.Id, await ActiveAsync(store));

        await store.TryReplaceAsync(ended!.Job.Retried(TestJob.At), ended, null, Cancellation);

        Assert.Contains(added.Job.Id, await ActiveAsync(store));
    }

    [Fact]
    public async Task Notes_on_a_plan_that_has_ended_by_which_job_it_is_carried_out()
    {
        var store = await StoreAsync();
        var plan = (await store.TryAddAsync(TestJob.Queued() with { IsPlan = true }, null, Cancellation))!;
        var ended = await store.TryReplaceAsync(plan.Job.Completed(JobCounts.None, TestJob.At), plan, null, Cancellation);
        var by = JobId.New(TestJob.At);

        var reserved = await store.TryReplaceAsync(ended!.Job with { AppliedBy = by }, ended, null, Cancellation);

        Assert.NotNull(reserved);
        Assert.Null(await store.TryReplaceAsync(ended.Job with { AppliedBy = JobId.New(TestJob.At) }, ended, null, Cancellation));
        Assert.Equal(by, (await store.FindAsync(plan.Job.Id, Cancellation))!.Job.AppliedBy);
        Assert.DoesNotContain(plan.Job.Id, await ActiveAsync(store));
    }

    [Fact]
    public async Task Keeps_of_a_job_which_plan_it_carries_out_and_how_far_that_was_compared()
    {
        var store = await StoreAsync();
        var job = TestJob.Queued() with { PlanId = JobId.New(TestJob.At), Checked = new PlanCheck(3, 12, [LmsId.Parse("u-1"), LmsId.Parse("u-2")]) };

        await store.TryAddAsync(job, null, Cancellation);

        var found = (await store.FindAsync(job.Id, Cancellation))!.Job;
        Assert.Equal(job.PlanId, found.PlanId);
        Assert.Equal((3, 12), (found.Checked!.Run, found.Checked.Outdated));
        Assert.Equal(job.Checked.First, found.Checked.First);
    }

    [Fact]
    public async Task Never_lists_a_job_as_active_that_is_added_as_final()
    {
        var store = await StoreAsync();
        var job = TestJob.OfFew("u-1").Failed("confirmation_mismatch", "2 users were confirmed.", TestJob.At);

        await store.TryAddAsync(job, null, Cancellation);

        Assert.DoesNotContain(job.Id, await ActiveAsync(store));
    }

    [Fact]
    public async Task Lists_newest_first_page_by_page()
    {
        var store = await StoreAsync();
        var at = new DateTimeOffset(2200, 1, 1, 0, 0, 0, TimeSpan.Zero) + TimeSpan.FromMilliseconds(Random.Shared.Next());
        var jobs = Enumerable.Range(0, 5).Select(minute => TestJob.Queued(at + TimeSpan.FromMinutes(minute))).ToList();
        foreach (var job in jobs)
        {
            await store.TryAddAsync(job, null, Cancellation);
        }

        var listed = new List<JobId>();
        var page = new PageRequest(2, null);
        while (!jobs.All(job => listed.Contains(job.Id)))
        {
            var found = await store.ListAsync(JobFilter.All, page, Cancellation);
            listed.AddRange(found.Items.Select(job => job.Id));
            Assert.True(found.Items.Count == 2 || found.Next is null);
            page = page with { After = found.Next };
        }

        Assert.Equal(jobs.Select(job => job.Id).Reverse(), listed.Where(id => jobs.Any(job => job.Id == id)));
    }

    [Fact]
    public async Task Filters_by_kind_and_status()
    {
        var store = await StoreAsync();
        var job = TestJob.Of(new RetroactiveWork(TestJob.Work.Code)) with { Status = JobStatus.Cancelled };
        await store.TryAddAsync(job, null, Cancellation);

        Assert.Contains(job.Id, await ListedAsync(store, JobKind.Retroactive, JobStatus.Cancelled));
        Assert.DoesNotContain(job.Id, await ListedAsync(store, JobKind.Retroactive, JobStatus.Queued));
        Assert.DoesNotContain(job.Id, await ListedAsync(store, JobKind.Import, null));
    }

    [Fact]
    public async Task Filters_by_who_asked_for_it()
    {
        var store = await StoreAsync();
        var caller = $"o'hara {Guid.NewGuid()}";
        var job = TestJob.Queued() with { RequestedBy = caller };
        await store.TryAddAsync(job, null, Cancellation);
        await store.TryAddAsync(TestJob.Queued() with { RequestedBy = caller.ToUpperInvariant() }, null, Cancellation);

        Assert.Equal([job.Id], await ListedAsync(caller, null));
        Assert.Equal([job.Id], await ListedAsync(caller, JobKind.Award));
        Assert.Empty(await ListedAsync(caller, JobKind.Retroactive));

        async Task<IEnumerable<JobId>> ListedAsync(string by, JobKind? kind) =>
            (await store.ListAsync(new JobFilter(kind, RequestedBy: by), new PageRequest(200, null), Cancellation)).Items.Select(found => found.Id);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(JobKeys.RunsPerBlock - 1)]
    [InlineData(JobKeys.RunsPerBlock)]
    [InlineData(JobKeys.RunsPerBlock + 1)]
    [InlineData((3 * JobKeys.RunsPerBlock) + 7)]
    public async Task Whoever_notes_the_last_run_is_told_so_in_whatever_order_they_are_done(int runs)
    {
        var store = await StoreAsync();
        var job = TestJob.Queued();
        var order = Enumerable.Range(0, runs).ToArray();
        Random.Shared.Shuffle(order);

        foreach (var run in order[..^1])
        {
            Assert.False(await store.MarkRunDoneAsync(job with { Runs = runs }, run, Cancellation));
        }

        Assert.True(await store.MarkRunDoneAsync(job with { Runs = runs }, order[^1], Cancellation));
        Assert.True(await store.MarkRunDoneAsync(job with { Runs = runs }, order[0], Cancellation));
        Assert.Equal(runs, (await store.ListRunsDoneAsync(job, Cancellation)).Count);
    }

    [Fact]
    public async Task Of_all_runs_that_are_done_at_once_one_at_least_is_told_that_it_was_the_last()
    {
        var store = await StoreAsync();
        var job = TestJob.Queued();
        const int runs = JobKeys.RunsPerBlock + 20;

        var told = await Task.WhenAll(Enumerable.Range(0, runs).Select(run => store.MarkRunDoneAsync(job with { Runs = runs }, run, Cancellation)));

        Assert.Contains(true, told);
    }

    [Fact]
    public async Task Notes_a_run_as_done_once_however_often_it_is_told()
    {
        var store = await StoreAsync();
        var job = TestJob.Queued();
        await store.MarkRunDoneAsync(job with { Runs = 20 }, 11, Cancellation);
        await store.MarkRunDoneAsync(job with { Runs = 20 }, 2, Cancellation);
        await store.MarkRunDoneAsync(job with { Runs = 20 }, 11, Cancellation);

        Assert.Equal([2, 11], (await store.ListRunsDoneAsync(job, Cancellation)).Order());
        Assert.True(await store.IsRunDoneAsync(job, 11, Cancellation));
        Assert.False(await store.IsRunDoneAsync(job, 3, Cancellation));
        Assert.Empty(await store.ListRunsDoneAsync(TestJob.Queued(), Cancellation));
        Assert.Equal(2, (await store.ListRunsDoneAsync(job with { Turn = job.Turn.Next }, Cancellation)).Count);
        Assert.Empty(await store.ListRunsDoneAsync(job with { Turn = job.Turn.NextAsRetry }, Cancellation));
    }

    private static async Task<List<JobId>> ActiveAsync(IJobStore store) => await store.ListActiveAsync(Cancellation).ToListAsync(Cancellation);

    private static async Task<IEnumerable<JobId>> ListedAsync(IJobStore store, JobKind kind, JobStatus? status) =>
        (await store.ListAsync(new JobFilter(kind, status), new PageRequest(200, null), Cancellation)).Items.Select(job => job.Id);
}

public sealed class FakeJobStoreTests : JobStoreContract
{
    protected override Task<IJobStore> StoreAsync() => Task.FromResult<IJobStore>(new FakeJobStore());
}

public sealed class TableJobStoreTests : JobStoreContract
{
    [Fact]
    public async Task A_filter_that_leaves_little_looks_at_so_many_jobs_a_page_and_no_more()
    {
        var table = await OwnTable.CreateAsync();
        var store = new TableJobStore(table, TestAudit.OutboxOn(table));
        var jobs = Enumerable.Range(0, TableJobStore.JobsPerPage + 2).Select(minute => TestJob.Queued(TestJob.At.AddMinutes(minute))).ToList();
        jobs[0] = jobs[0] with { Work = new RetroactiveWork(TestJob.Work.Code) };
        foreach (var some in jobs.Chunk(50))
        {
            await table.SubmitTransactionAsync(
                some.Select(job => new TableTransactionAction(TableTransactionActionType.Add, JobRow.Of(job))), TestContext.Current.CancellationToken);
        }

        var first = await store.ListAsync(new JobFilter(JobKind.Retroactive), new PageRequest(10, null), TestContext.Current.CancellationToken);
        Assert.Empty(first.Items);
        var second = await store.ListAsync(new JobFilter(JobKind.Retroactive), new PageRequest(10, first.Next), TestContext.Current.CancellationToken);

        Assert.Equal(jobs[0].Id, Assert.Single(second.Items).Id);
        Assert.Null(second.Next);
    }

    protected override async Task<IJobStore> StoreAsync()
    {
        var storage = await Emulator.ClientsAsync();
        return new TableJobStore(storage.Table(StorageNames.Tables.Jobs), TestAudit.OutboxOn(storage));
    }
}
