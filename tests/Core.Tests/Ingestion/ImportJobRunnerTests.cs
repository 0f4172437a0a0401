using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Ingestion;

namespace CertFunctions.Core.Tests.Ingestion;

public sealed class ImportJobRunnerTests
{
    private const int Users = 300;

    private static readonly ImportSettings Small = new(ChunkBytes: 4_000, TimePerCall: TimeSpan.FromSeconds(10));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_so_long_as_there_is_time_and_hands_over_to_the_next_message()
    {
        var world = new ImportWorld(Users, Small);
        var id = await world.BeginAsync();
        world.Jobs.Time.AutoAdvanceAmount = Small.TimePerCall / 2;

        await world.Jobs.DeliverStepAsync();

        Assert.Single(await world.Imports.ListChunksAsync(id, Cancellation));
        Assert.Null((await world.Jobs.JobAsync(id)).Manifest);
        Assert.Equal([id], world.Jobs.Queue.Steps);
        await world.Jobs.DeliverAllAsync();
        await AssertDoneAsync(world, id);
    }

    [Fact]
    public async Task Reads_a_chunk_at_least_however_long_it_takes_to_find_the_place_again()
    {
        var world = new ImportWorld(Users, Small);
        var id = await world.BeginAsync();
        world.Jobs.Time.AutoAdvanceAmount = Small.TimePerCall;

        await world.Jobs.DeliverStepAsync();

        Assert.Single(await world.Imports.ListChunksAsync(id, Cancellation));
        await world.Jobs.DeliverAllAsync();
        await AssertDoneAsync(world, id);
    }

    [Fact]
    public async Task Of_two_that_have_read_all_only_one_sends_the_runs()
    {
        var world = new ImportWorld(Users, Small);
        var id = await world.BeginAsync();
        BeforeResolving(world, () => world.Jobs.Steps.AdvanceAsync(id, Cancellation));

        await world.Jobs.DeliverStepAsync();

        Assert.Distinct(world.Jobs.Queue.Runs);
        Assert.Equal(Math.Min((await world.Jobs.JobAsync(id)).Runs, RunOrder.RunsAtOnce), world.Jobs.Queue.Runs.Count);
        await world.Jobs.DeliverAllAsync();
        await AssertDoneAsync(world, id);
    }

    [Fact]
    public async Task What_others_note_on_the_job_while_the_last_chunk_is_read_costs_no_step()
    {
        var world = new ImportWorld(Users, Small);
        var id = await world.BeginAsync();
        BeforeResolving(world, async () =>
        {
            var stored = (await world.Jobs.Jobs.FindAsync(id, Cancellation))!;
            await world.Jobs.Jobs.TryReplaceAsync(stored.Job with { StalledAt = world.Jobs.Clock.Now }, stored, null, Cancellation);
        });

        await world.Jobs.DeliverStepAsync();

        Assert.True((await world.Jobs.JobAsync(id)).HasRuns);
        Assert.Empty(world.Jobs.Queue.Steps);
        await world.Jobs.DeliverAllAsync();
        await AssertDoneAsync(world, id);
    }

    [Fact]
    public async Task Leaves_the_rest_to_a_reader_that_was_faster()
    {
        var world = new ImportWorld(Users, Small);
        var id = await world.BeginAsync();
        world.Imports.BeforeAdding = () => world.Jobs.Steps.AdvanceAsync(id, Cancellation);

        await world.Jobs.DeliverStepAsync();

        Assert.Distinct(world.Jobs.Queue.Runs);
        Assert.Equal(Math.Min((await world.Jobs.JobAsync(id)).Runs, RunOrder.RunsAtOnce), world.Jobs.Queue.Runs.Count);
        Assert.Empty(world.Jobs.Queue.Steps);
        await world.Jobs.DeliverAllAsync();
        await AssertDoneAsync(world, id);
    }

    [Theory]
    [InlineData(Limits.CsvFileBytes, null)]
    [InlineData(Limits.CsvFileBytes + 1, "file_too_large")]
    public async Task Refuses_a_file_beyond_the_limit(long bytes, string? code)
    {
        var world = new ImportWorld(users: 1);
        world.Files.Archive("awards/large", ImportWorld.FileOf(world.Users));
        var file = new ImportFile { Kind = ImportKind.Awards, Name = "large", Archive = "awards/large", Length = bytes };
        var job = await world.Service.IngestAsync(file, isPlan: false, "tester", JobId.New(world.Jobs.Clock.Now), Cancellation);

        await world.Jobs.DeliverAllAsync();

        var (status, error) = ((await world.Jobs.JobAsync(job.Id)).Status, (await world.Jobs.JobAsync(job.Id)).Error?.Code);
        Assert.Equal((code is null ? JobStatus.Completed : JobStatus.Failed, code), (status, error));
    }

    [Fact]
    public async Task Refuses_a_file_as_a_whole_and_awards_nobody()
    {
        var world = new ImportWorld();
        world.Files.Drop("awards/a.csv", "username,certification_code\nname.u-0,FIRE-1\n"u8.ToArray());
        await world.Service.IngestAsync("awards/a.csv", Cancellation);

        await world.Jobs.DeliverAllAsync();

        var job = Assert.Single((await world.Jobs.Jobs.ListAsync(JobFilter.All, new PageRequest(10, null), Cancellation)).Items);
        Assert.Equal((JobStatus.Failed, "missing_required_column"), (job.Status, job.Error?.Code));
        Assert.Null(await world.ReportAsync(job.Id));
    }

    [Fact]
    public async Task Writes_no_report_before_the_last_run_is_done()
    {
        var world = new ImportWorld(Users);
        var id = await world.BeginAsync();
        await world.Jobs.DeliverStepAsync();
        var runs = world.Jobs.Queue.Runs.ToList();
        foreach (var (_, run) in runs.SkipLast(1))
        {
            await world.Jobs.Runs.ProcessAsync(id, run, Cancellation);
        }

        world.Jobs.Queue.Runs.Clear();
        await world.Jobs.Steps.AdvanceAsync(id, Cancellation);

        Assert.Equal(runs[^1..], world.Jobs.Queue.Runs);
        Assert.Empty(world.Jobs.Queue.Steps);
        Assert.Null(await world.ReportAsync(id));
        await world.Jobs.DeliverAllAsync();
        await AssertDoneAsync(world, id);
    }

    [Theory]
    [InlineData("before it is read")]
    [InlineData("before its runs")]
    [InlineData("before its report")]
    public async Task The_sweeper_moves_an_import_that_stands_still(string stage)
    {
        var world = new ImportWorld(Users);
        var id = await world.BeginAsync();
        if (stage != "before it is read")
        {
            await world.Jobs.DeliverStepAsync();
        }

        if (stage == "before its report")
        {
            await world.Jobs.DeliverRunsAsync();
        }

        world.Jobs.Queue.Steps.Clear();
        world.Jobs.Queue.Runs.Clear();
        world.Jobs.Time.Advance(SweepSettings.Default.StalledAfter);

        Assert.Equal([id], (await world.Jobs.Sweeper.SweepAsync(Cancellation)).Select(swept => swept.Job.Id));

        await world.Jobs.DeliverAllAsync();
        await AssertDoneAsync(world, id);
    }

    [Fact]
    public async Task An_import_that_is_given_up_among_its_runs_still_ends_by_them_and_gets_its_report()
    {
        var world = new ImportWorld(Users);
        var id = await world.BeginAsync();
        await world.Jobs.DeliverStepAsync();

        await world.Jobs.Steps.GiveUpAsync(id, Cancellation);

        await world.Jobs.DeliverAllAsync();
        await AssertDoneAsync(world, id);
    }

    [Fact]
    public async Task A_report_that_is_given_up_fails_the_job_with_exact_counts()
    {
        var world = new ImportWorld(Users);
        var id = await world.BeginAsync();
        await world.Jobs.DeliverStepAsync();
        await world.Jobs.DeliverRunsAsync();

        await world.Jobs.Steps.GiveUpAsync(id, Cancellation);

        var job = await world.Jobs.JobAsync(id);
        Assert.Equal((JobStatus.Failed, "import_failed", new JobCounts(Awarded: Users)), (job.Status, job.Error?.Code, job.Counts));
    }

    /// <summary>The format is put on the job first, then its list of tasks.</summary>
    private static void BeforeResolving(ImportWorld world, Func<Task> happens) => world.Jobs.Jobs.BeforeReplacing = () =>
    {
        world.Jobs.Jobs.BeforeReplacing = happens;
        return Task.CompletedTask;
    };

    private static async Task AssertDoneAsync(ImportWorld world, JobId id)
    {
        var job = await world.Jobs.JobAsync(id);
        Assert.Equal((JobStatus.Completed, new JobCounts(Awarded: Users)), (job.Status, job.Counts));
        Assert.Equal(Users, await world.Jobs.HoldersAsync());
        var report = (await world.ReportAsync(id))!;
        Assert.Equal(Users, report.Split('\n').Count(line => line.EndsWith(",ok,awarded,,,", StringComparison.Ordinal)));
    }
}
