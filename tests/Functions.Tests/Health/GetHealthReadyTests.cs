using System.Text.Json;
using Azure.Core;
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
using CertFunctions.TestWorlds.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Functions.Tests.Health;

public sealed class GetHealthReadyTests : IAsyncLifetime
{
    private readonly FaultTransport transport = new();
    private readonly FakeTimeProvider time = new(DateTimeOffset.UtcNow);
    private ServiceProvider services = null!;
    private StorageClients storage = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new(StorageNames.Connection, await Emulator.NewAccountAsync()), new("AZURE_FUNCTIONS_ENVIRONMENT", "Development")])
            .Build();
        storage = new StorageClients(settings);
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IConfiguration>(settings)
            .AddCertFunctions(settings)
            .AddSingleton<TimeProvider>(time)
            .AddSingleton(new StorageClients(settings, options =>
            {
                options.Transport = transport;
                options.Retry.MaxRetries = 0;
            }))
            .BuildServiceProvider();
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    [Fact]
    public async Task Ready_when_all_is_well()
    {
        var answer = await AskAsync();

        Assert.Equal((200, """{"status":"ready","problems":[]}"""), (answer.Status, answer.Body));
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
        var port = (service switch { "table" => storage.Tables.Uri, "queue" => storage.Queues.Uri, _ => storage.Blobs.Uri }).Port;
        transport.OnCall = call => Task.FromResult(
            call.Request.Uri.Port == port && (call.Request.Method == RequestMethod.Get) != isWrite ? Fault.Answers(403) : null);

        var answer = await AskAsync();

        Assert.Equal(503, answer.Status);
        Assert.Equal("storage_unavailable", answer.Code);
        Assert.Contains(named, answer.Body, StringComparison.Ordinal);
        Assert.NotEmpty(answer.Headers.RetryAfter.ToString());
    }

    [Fact]
    public async Task Degraded_while_a_poison_message_lies_there()
    {
        await storage.Queue(StorageNames.Queues.JobRunsPoison).SendMessageAsync("x", Cancelled);

        await AssertDegradedAsync("poisonMessages", "Messages that nobody could process: 1 in job-runs-poison.");
    }

    [Fact]
    public async Task Degraded_while_a_message_has_waited_for_more_than_ten_minutes()
    {
        await storage.Queue(StorageNames.Queues.WebhookMessages).SendMessageAsync("x", Cancelled);
        time.Advance(WaitingMessagesCheck.MaxAge - TimeSpan.FromMinutes(1));
        Assert.Equal("""{"status":"ready","problems":[]}""", (await AskAsync()).Body);

        time.Advance(TimeSpan.FromMinutes(2));

        await AssertDegradedAsync("waitingMessages", "Messages have waited in webhook-messages for 11 minutes.");
    }

    [Fact]
    public async Task Degraded_while_a_dead_letter_is_older_than_a_day()
    {
        var element = new WebhookElement("m-1", "course.enrollment.completed", 0, JsonElement.Parse("{}"), time.GetUtcNow());
        var letter = DeadLetter.Of(element, new ElementResult.Failed(Rejection.NotFound(ErrorCode.UserNotFound, "x"), null), 1, time.GetUtcNow());
        await services.GetRequiredService<IDeadLetterStore>().AddAsync(letter, Cancelled);
        time.Advance(OldDeadLettersCheck.MaxAge);
        Assert.Equal("""{"status":"ready","problems":[]}""", (await AskAsync()).Body);

        time.Advance(Readiness.KeptFor);

        await AssertDegradedAsync("oldDeadLetters", "Dead letters of the LMS have waited for more than a day.");
    }

    [Fact]
    public async Task Degraded_while_a_job_has_made_no_progress_for_more_than_ten_minutes()
    {
        var jobs = services.GetRequiredService<IJobStore>();
        var job = TestJob.Queued(time.GetUtcNow());
        await jobs.TryAddAsync(job with { StalledAt = time.GetUtcNow(), StalledSince = time.GetUtcNow() }, Cancelled);
        time.Advance(StalledJobsCheck.MaxStall);
        Assert.Equal("""{"status":"ready","problems":[]}""", (await AskAsync()).Body);

        time.Advance(Readiness.KeptFor);

        await AssertDegradedAsync("stalledJobs", "Jobs without progress for more than 10 minutes: 1.");
    }

    [Fact]
    public async Task Asking_often_costs_nothing_more()
    {
        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => AskAsync()));
        var once = transport.Calls.Count;
        time.Advance(Readiness.KeptFor - TimeSpan.FromMilliseconds(1));
        await AskAsync();
        Assert.Equal(once, transport.Calls.Count);

        time.Advance(TimeSpan.FromMilliseconds(1));
        await AskAsync();

        Assert.Equal(2 * once, transport.Calls.Count);
        Assert.InRange(once, 1, 20);
    }

    private async Task AssertDegradedAsync(string name, string detail)
    {
        var answer = await AskAsync();

        Assert.Equal(
            (200, $$"""{"status":"degraded","problems":[{"name":"{{name}}","detail":"{{detail}}"}]}"""), (answer.Status, answer.Body));
    }

    private async Task<TestAnswer> AskAsync() => await TestAnswer.Of(
        await ActivatorUtilities.CreateInstance<GetHealthReady>(services).Run(TestRequest.Get("/api/health/ready"), Cancelled));
}
