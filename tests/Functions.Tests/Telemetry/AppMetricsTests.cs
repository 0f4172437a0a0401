using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;
using CertFunctions.Functions.Awards;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Telemetry;
using CertFunctions.Functions.Tests.Faults;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Tests.Telemetry;

public sealed class AppMetricsTests : IDisposable
{
    /// <summary>Instruments are shared by the process: only what this test sets off counts.</summary>
    private static readonly AsyncLocal<AppMetricsTests?> Mine = new();

    private readonly ConcurrentDictionary<string, double> sums = new();
    private readonly MeterListener listener = new();

    public AppMetricsTests()
    {
        Mine.Value = this;
        listener.InstrumentPublished = (instrument, to) =>
        {
            if (instrument.Meter.Name == Tracing.Name)
            {
                to.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    [Fact]
    public async Task Jobs_and_their_awards_are_counted_once_whatever_is_delivered_again()
    {
        await using var world = await World.CreateAsync();
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var users = Seed.Ids(101);
        await world.Seed.AddUsersAsync(users.Skip(1));
        var worker = world.StartWorker();
        await worker.PostAsync(code, AwardRequests.Users(users));
        var messages = await world.Queues.TakeAsync();
        world.Time.Advance(TimeSpan.FromSeconds(5));
        await world.Queues.RunToEndAsync(worker);

        await worker.HandleAsync(messages[0]);
        await world.Queues.RunToEndAsync(worker);

        Assert.Equal(100, sums["certfunctions.awards change=awarded"]);
        Assert.Equal(100, sums["certfunctions.job.results kind=award outcome=awarded"]);
        Assert.Equal(1, sums["certfunctions.job.results kind=award outcome=failed"]);
        Assert.Equal(5, sums["certfunctions.job.duration kind=award status=completedWithErrors"]);
    }

    [Fact]
    public async Task A_change_of_one_award_is_counted_by_its_kind()
    {
        await using var world = await World.CreateAsync();
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var user = Seed.Ids(1)[0];
        await world.Seed.AddUsersAsync([user]);
        var worker = world.StartWorker();
        await worker.PostAsync(code, AwardRequests.Users([user]));

        await TestAnswer.Of(await worker.Get<EditAward>().Run(TestRequest.Patch("/api", """{"alwaysValid":true}"""), code.Value, user.Value, CancellationToken.None));
        await TestAnswer.Of(await worker.Get<UnassignAward>().Run(TestRequest.Delete("/api"), code.Value, user.Value, CancellationToken.None));

        Assert.Equal(
            (1, 1, 1),
            (sums["certfunctions.awards change=awarded"], sums["certfunctions.awards change=updated"], sums["certfunctions.awards change=revoked"]));
    }

    [Fact]
    public async Task Requests_that_are_sent_again_are_counted_by_service()
    {
        await using var world = await World.CreateAsync();
        var worker = world.StartWorker(call => call.Number < 2 ? Fault.Answers(503) : null);

        await worker.Get<StorageProbe>().TablesAsync(CancellationToken.None);

        Assert.Equal(2, sums["certfunctions.storage.retries service=table"]);
    }

    [Fact]
    public async Task The_lag_of_a_webhook_is_measured_from_its_arrival()
    {
        await using var world = await World.CreateAsync();
        var secret = LmsMessage.Secret();
        world.Settings["Webhooks:Lms:Basic:Username"] = "lms";
        world.Settings["Webhooks:Lms:Basic:Password"] = secret;
        var worker = world.StartWorker();
        var request = TestRequest.Post("/api/webhooks/lms", LmsMessage.Of("m-1", "course.enrollment.completed", LmsMessage.Course("u-1", "C-1")))
            .With("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"lms:{secret}"))}");
        Assert.Equal(202, (await TestAnswer.Of(await worker.Get<ReceiveWebhook>().Run(request, CancellationToken.None))).Status);
        world.Time.Advance(TimeSpan.FromSeconds(7));

        await world.Queues.RunToEndAsync(worker);

        Assert.InRange(sums["certfunctions.webhooks.lag event=course.enrollment.completed"], 6, 8);
    }

    [Fact]
    public async Task The_queues_are_measured_once_a_minute()
    {
        await using var world = await World.CreateAsync();
        await world.Queues.SendAsync(StorageNames.Queues.JobRunsPoison, "x");
        await world.Queues.SendAsync(StorageNames.Queues.JobRunsPoison, "y");
        await world.Queues.SendAsync(StorageNames.Queues.JobSteps, "z");
        world.Time.SetUtcNow(DateTimeOffset.UtcNow.AddMinutes(1));

        await world.StartWorker().Get<SweepJobs>().Run(new TimerInfo(), CancellationToken.None);

        Assert.Equal(2, sums["certfunctions.queue.poison queue=job-runs-poison"]);
        Assert.InRange(sums["certfunctions.queue.age queue=job-steps"], 50, 70);
        Assert.Equal(0, sums["certfunctions.queue.age queue=job-runs"]);
    }

    private static void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Mine.Value?.sums.AddOrUpdate(
            string.Join(' ', [instrument.Name, .. tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}")]), value, (_, sum) => sum + value);
}
