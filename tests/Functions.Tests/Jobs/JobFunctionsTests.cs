using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Testing.Jobs;
using CertFunctions.Testing.Records;
using CertFunctions.TestWorlds.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace CertFunctions.Functions.Tests.Jobs;

public sealed class JobFunctionsTests
{
    private readonly JobRoutes routes = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_a_job_with_its_counts()
    {
        var jobId = await FinishedAsync(150);

        var answer = await routes.GetAsync(jobId.Value);

        Assert.Equal(200, answer.Status);
        Assert.Equal((150, 150), (answer.Json.GetProperty("total").GetInt32(), answer.Json.GetProperty("awarded").GetInt32()));
    }

    [Fact]
    public async Task Answers_404_for_an_unknown_job_and_400_for_what_is_no_id()
    {
        Assert.Equal(404, (await routes.GetAsync(JobId.New(DateTimeOffset.UnixEpoch).Value)).Status);
        Assert.Equal(404, (await routes.ResultsAsync(JobId.New(DateTimeOffset.UnixEpoch).Value)).Status);
        Assert.Equal(400, (await routes.GetAsync("1")).Status);
        Assert.Equal(400, (await routes.ResultsAsync("1")).Status);
    }

    [Fact]
    public async Task Lists_the_results_page_by_page_each_once()
    {
        var jobId = await FinishedAsync(150);

        var seen = new List<string>();
        for (var query = "?limit=40"; ;)
        {
            var page = (await routes.ResultsAsync(jobId.Value, query)).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("userId").GetString()!));
            if (page.GetProperty("nextCursor").GetString() is not { } cursor)
            {
                break;
            }

            query = $"?limit=40&cursor={cursor}";
        }

        Assert.Equal(Enumerable.Range(0, 150).Select(n => $"u-{n}").Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Filters_results_by_outcome()
    {
        var jobId = await FinishedAsync(101);

        Assert.Equal(101, (await routes.ResultsAsync(jobId.Value, "?outcome=awarded&limit=200")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(0, (await routes.ResultsAsync(jobId.Value, "?outcome=failed")).Json.GetProperty("items").GetArrayLength());
        Assert.Equal(400, (await routes.ResultsAsync(jobId.Value, "?outcome=lost")).Status);
    }

    [Fact]
    public async Task Lists_jobs_newest_first_by_kind_and_status()
    {
        var first = await FinishedAsync(101);
        routes.World.Time.Advance(TimeSpan.FromSeconds(1));
        var second = (await routes.World.AwardAsync(JobWorld.Request(routes.World.AddUsers(101)))).Job.Id;

        Assert.Equal([second.Value, first.Value], await ListedAsync(""));
        Assert.Equal([first.Value], await ListedAsync("?status=completed"));
        Assert.Equal([second.Value], await ListedAsync("?kind=award&status=queued"));
        Assert.Empty(await ListedAsync("?kind=undo"));
        Assert.Equal(400, (await routes.ListAsync("?status=done")).Status);
    }

    [Fact]
    public async Task Lists_jobs_by_who_asked_for_them_with_a_cursor_that_fits_only_them()
    {
        var mine = await routes.World.Jobs.TryAddAsync(TestJob.Queued() with { RequestedBy = "ada" }, null, Cancellation);
        await routes.World.Jobs.TryAddAsync(TestJob.Queued() with { RequestedBy = "ada" }, null, Cancellation);
        await routes.World.Jobs.TryAddAsync(TestJob.Queued() with { RequestedBy = "bob" }, null, Cancellation);
        Assert.Equal(2, (await ListedAsync("?requestedBy=ada")).Count());
        Assert.Contains(mine!.Job.Id.Value, await ListedAsync("?requestedBy=ada&kind=award"));
        Assert.Empty(await ListedAsync("?requestedBy=Ada"));

        var cursor = (await routes.ListAsync("?requestedBy=ada&limit=1")).Json.GetProperty("nextCursor").GetString();
        Assert.Single(await ListedAsync($"?requestedBy=ada&limit=1&cursor={cursor}"));
        Assert.Equal("invalid_cursor", (await routes.ListAsync($"?requestedBy=bob&limit=1&cursor={cursor}")).Code);
        Assert.Equal("invalid_cursor", (await routes.ListAsync($"?limit=1&cursor={cursor}")).Code);
        Assert.Equal(400, (await routes.ListAsync("?requestedBy=a&requestedBy=b")).Status);
    }

    [Fact]
    public async Task Gives_up_what_the_poison_queue_holds_and_drops_what_is_not_ours()
    {
        var job = (await routes.World.AwardAsync(JobWorld.Request(routes.World.AddUsers(101)))).Job;
        var giveUp = new GiveUpJob(routes.World.Steps, await NewerAsync(), NullLogger<GiveUpJob>.Instance);
        await giveUp.Run("not json", Cancellation);
        Assert.Equal(JobStatus.Queued, (await routes.World.JobAsync(job.Id)).Status);

        await giveUp.Run(JobMessage.OfJob(job.Id), Cancellation);

        Assert.Equal((JobStatus.Failed, "expansion_failed"), (
            (await routes.World.JobAsync(job.Id)).Status, (await routes.World.JobAsync(job.Id)).Error?.Code));
    }

    [Fact]
    public async Task Drops_a_poisoned_run_of_an_unknown_job()
    {
        var giveUp = await GiveUpJobRunAsync();

        var unknown = JobId.New(DateTimeOffset.UnixEpoch);
        await giveUp.Run(JobMessage.OfRun(unknown, 0), Cancellation);

        Assert.Null(await routes.World.Jobs.FindAsync(unknown, Cancellation));
    }

    [Fact]
    public async Task Drops_a_poisoned_run_that_its_job_does_not_have()
    {
        var job = (await routes.World.AwardAsync(JobWorld.Request(routes.World.AddUsers(101)))).Job;
        var giveUp = await GiveUpJobRunAsync();

        await giveUp.Run(JobMessage.OfRun(job.Id, 99), Cancellation);
        await routes.World.DeliverAllAsync();

        Assert.Equal((JobStatus.Completed, 101), ((await routes.World.JobAsync(job.Id)).Status, (await routes.World.JobAsync(job.Id)).Counts.Awarded));
    }

    private async Task<GiveUpJobRun> GiveUpJobRunAsync() => new(new JobRunMessages(
        routes.World.Runs, new JobTroubles(routes.World.Progress, NullLogger<JobTroubles>.Instance), await NewerAsync(), NullLogger<JobRunMessages>.Instance));

    private static async Task<NewerMessages> NewerAsync() => new(await Emulator.ClientsAsync(), NullLogger<NewerMessages>.Instance);

    private async Task<JobId> FinishedAsync(int users)
    {
        var job = (await routes.World.AwardAsync(JobWorld.Request(routes.World.AddUsers(users)))).Job;
        await routes.World.DeliverAllAsync();
        return job.Id;
    }

    private async Task<IEnumerable<string>> ListedAsync(string query) =>
        (await routes.ListAsync(query)).Json.GetProperty("items").EnumerateArray().Select(job => job.GetProperty("id").GetString()!);
}
