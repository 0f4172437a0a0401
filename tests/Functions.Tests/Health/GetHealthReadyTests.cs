using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Health;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing.Records;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Functions.Tests.Health;

public sealed class GetHealthReadyTests : IAsyncLifetime
{
    private const string Ready = """{"status":"ready","problems":[]}""";

    /// <summary>Ten that try the three kinds of storage out, two for each of four queues that functions work on, and one for each of three other checks.</summary>
    private const int MostRequests = 10 + (2 * 4) + 3;

    private World world = null!;
    private Worker worker = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>The storage's own, which tells how old a message is.</summary>
    public async ValueTask InitializeAsync()
    {
        world = await World.CreateAsync();
        world.Time.SetUtcNow(DateTimeOffset.UtcNow);
        worker = world.StartWorker();
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Ready_when_all_is_well()
    {
        var answer = await AskPatientlyAsync();

        Assert.Equal((200, Ready), (answer.Status, answer.Body));
    }

    [Theory]
    [InlineData("table", true, "tables")]
    [InlineData("table", false, "tables")]
    [InlineData("queue", true, "queues")]
    [InlineData("queue", false, "queues")]
    [InlineData("blob", true, "blobs")]
    [InlineData("blob", false, "blobs")]
    public async Task Not_ready_when_one_kind_of_storage_cannot_be_written_or_read(string service, bool isWrite, string named)
    {
        var port = (service switch { "table" => world.Storage.Tables.Uri, "queue" => world.Storage.Queues.Uri, _ => world.Storage.Blobs.Uri }).Port;
        worker.Storage.OnCall = call => Task.FromResult(
            call.Request.Uri.Port == port && (call.Request.Method == RequestMethod.Get) != isWrite ? Fault.Answers(403) : null);

        var answer = await AskAsync();

        Assert.Equal(503, answer.Status);
        Assert.Equal("storage_unavailable", answer.Code);
        Assert.Contains(named, answer.Body, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Headers.RetryAfter.ToString());
    }

    [Fact]
    public async Task Not_ready_while_anything_is_missing_that_nobody_creates_and_it_is_named()
    {
        await world.Storage.Table(StorageNames.Tables.Members).DeleteAsync(Cancelled);
        await world.Storage.Queue(StorageNames.Queues.JobRunsPoison).DeleteAsync(Cancelled);
        await world.Storage.Container(StorageNames.Containers.ImportsArchive).DeleteAsync(cancellationToken: Cancelled);

        var answer = await AskAsync();

        Assert.Equal(503, answer.Status);
        Assert.Contains("tables (missing: Members)", answer.Body, StringComparison.Ordinal);
        Assert.Contains("queues (missing: job-runs-poison)", answer.Body, StringComparison.Ordinal);
        Assert.Contains("blobs (missing: imports-archive)", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Not_ready_when_the_store_is_of_another_schema_version()
    {
        await world.Storage.Table(StorageNames.Tables.Settings)
            .AddEntityAsync(new TableEntity("settings", "schema") { ["version"] = StoreSchema.Version + 1 }, Cancelled);

        var answer = await AskAsync();

        Assert.Equal((503, "storage_unavailable"), (answer.Status, answer.Code));
        Assert.Contains($"schema (The store has schema version {StoreSchema.Version + 1}", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("letmein")]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=nobody")]
    public async Task Not_ready_where_the_storage_is_not_or_badly_configured(string connectionString)
    {
        await using var misled = world.StartWorkerOn(connectionString);

        var answer = await TestAnswer.Of(await misled.Get<GetHealthReady>().Run(TestRequest.Get("/api/health/ready"), Cancelled));

        Assert.Equal((503, "storage_unavailable"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task Degraded_while_a_poison_message_lies_there()
    {
        await world.Storage.Queue(StorageNames.Queues.JobRunsPoison).SendMessageAsync("x", Cancelled);
        await world.Storage.RawQueue(StorageNames.Queues.JobRunsPoison).SendMessageAsync("no base64 %%", Cancelled);

        await AssertDegradedAsync("poisonMessages", "Messages that nobody could process: 2 in job-runs-poison.");
    }

    [Fact]
    public async Task Degraded_while_a_message_has_waited_for_more_than_ten_minutes()
    {
        await world.Storage.Queue(StorageNames.Queues.WebhookMessages).SendMessageAsync("x", Cancelled);
        world.Time.Advance(WaitingMessagesCheck.MaxAge - TimeSpan.FromMinutes(1));
        Assert.Equal(Ready, (await AskPatientlyAsync()).Body);

        world.Time.Advance(TimeSpan.FromMinutes(2));

        await AssertDegradedAsync("waitingMessages", "Messages have waited in webhook-messages for 11 minutes.");
    }

    [Fact]
    public async Task Degraded_while_a_dead_letter_is_older_than_a_day()
    {
        var element = new WebhookElement("m-1", "course.enrollment.completed", 0, JsonElement.Parse("{}"), world.Time.GetUtcNow());
        var letter = DeadLetter.Of(element, new ElementResult.Failed(Rejection.NotFound(ErrorCode.UserNotFound, "x"), null), 1, world.Time.GetUtcNow());
        await worker.Get<IDeadLetterStore>().AddAsync(letter, Cancelled);
        world.Time.Advance(OldDeadLettersCheck.MaxAge);
        Assert.Equal(Ready, (await AskPatientlyAsync()).Body);

        world.Time.Advance(Readiness.KeptFor);

        await AssertDegradedAsync("oldDeadLetters", "Dead letters of the LMS have waited for more than a day.");
    }

    [Fact]
    public async Task Degraded_while_a_job_has_made_no_progress_for_more_than_ten_minutes()
    {
        var jobs = worker.Get<IJobStore>();
        var job = TestJob.Queued(world.Time.GetUtcNow());
        await jobs.TryAddAsync(job with { StalledSince = world.Time.GetUtcNow() }, null, Cancelled);
        world.Time.Advance(StalledJobsCheck.MaxStall);
        Assert.Equal(Ready, (await AskPatientlyAsync()).Body);

        world.Time.Advance(Readiness.KeptFor);

        await AssertDegradedAsync("stalledJobs", "Jobs without progress for more than 10 minutes: 1.");
    }

    [Fact]
    public async Task Of_many_jobs_the_oldest_are_looked_at()
    {
        var jobs = worker.Get<IJobStore>();
        var stalled = TestJob.Queued(world.Time.GetUtcNow()) with { StalledSince = world.Time.GetUtcNow() - StalledJobsCheck.MaxStall - TimeSpan.FromSeconds(1) };
        await jobs.TryAddAsync(stalled, null, Cancelled);
        for (var i = 1; i < StalledJobsCheck.MaxJobs; i++)
        {
            await jobs.TryAddAsync(TestJob.Queued(world.Time.GetUtcNow().AddSeconds(-i)), null, Cancelled);
        }

        await AssertDegradedAsync("stalledJobs", "Jobs without progress for more than 10 minutes: 1.");

        await jobs.TryAddAsync(TestJob.Queued(world.Time.GetUtcNow().AddSeconds(-StalledJobsCheck.MaxJobs)), null, Cancelled);
        world.Time.Advance(Readiness.KeptFor);

        Assert.Equal(Ready, (await AskPatientlyAsync()).Body);
    }

    [Fact]
    public async Task Asking_often_costs_nothing_more()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => AskAsync()));
        var once = worker.Storage.Calls.Count;
        world.Time.Advance(Readiness.KeptFor - TimeSpan.FromMilliseconds(1));
        await AskAsync();
        Assert.Equal(once, worker.Storage.Calls.Count);

        world.Time.Advance(TimeSpan.FromMilliseconds(1));
        await AskAsync();

        Assert.Equal(2 * once, worker.Storage.Calls.Count);
        Assert.InRange(once, 1, MostRequests);
    }

    private async Task AssertDegradedAsync(string name, string detail)
    {
        var answer = await AskPatientlyAsync();

        Assert.Equal(
            (200, $$"""{"status":"degraded","problems":[{"name":"{{name}}","detail":"{{detail}}"}]}"""), (answer.Status, answer.Body));
    }

    /// <summary>A busy machine may have made a check take longer than callers wait.</summary>
    private async Task<TestAnswer> AskPatientlyAsync()
    {
        var answer = await AskAsync();
        for (var attempt = 0; answer.Status == 503 && attempt < 5; attempt++)
        {
            world.Time.Advance(Readiness.KeptFor);
            answer = await AskAsync();
        }

        return answer;
    }

    private async Task<TestAnswer> AskAsync() => await TestAnswer.Of(
        await worker.Get<GetHealthReady>().Run(TestRequest.Get("/api/health/ready"), Cancelled));
}
