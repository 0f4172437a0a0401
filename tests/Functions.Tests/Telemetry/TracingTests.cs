using System.Collections.Concurrent;
using System.Diagnostics;
using CertFunctions.Functions.Telemetry;
using CertFunctions.Functions.Tests.Faults;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Telemetry;

public sealed class TracingTests : IDisposable
{
    private readonly ConcurrentBag<Activity> ended = [];
    private readonly ActivityListener listener;

    public TracingTests()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Tracing.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Add,
        };
        ActivitySource.AddActivityListener(listener);
    }

    public void Dispose() => listener.Dispose();

    [Fact]
    public async Task One_trace_leads_from_the_request_through_the_queues_to_the_last_transaction()
    {
        await using var world = await World.CreateAsync();
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var users = Seed.Ids(300);
        await world.Seed.AddUsersAsync(users);
        var worker = world.StartWorker();
        var request = new Activity("request").Start();
        await worker.PostAsync(code, AwardRequests.Users(users));
        request.Stop();
        Activity.Current = null;
        var transactionsBefore = Transactions(worker);

        await world.Queues.RunToEndAsync(worker);

        var traced = ended.Where(activity => activity.TraceId == request.TraceId).ToList();
        Assert.Equal(300, (await world.HoldersAsync(code)).Count);
        Assert.Contains(traced, activity => activity.OperationName == "AdvanceJob" && activity.Kind == ActivityKind.Consumer);
        Assert.Equal(16, traced.Count(activity => activity.OperationName == "ProcessSmallJobRun"));
        // All that the messages set off; and none is a trace of its own.
        Assert.Equal(
            Transactions(worker) - transactionsBefore,
            traced.Count(activity => activity is { OperationName: "SubmitTransaction", Parent.Kind: ActivityKind.Consumer }));
    }

    [Fact]
    public async Task A_message_that_is_sent_while_nothing_is_traced_carries_nothing()
    {
        await using var world = await World.CreateAsync();
        var code = await world.Seed.AddCertificationAsync("FIRE-1");
        var users = Seed.Ids(101);
        await world.Seed.AddUsersAsync(users);
        Activity.Current = null;

        await world.StartWorker().PostAsync(code, AwardRequests.Users(users));

        var message = Assert.Single(await world.Queues.TakeAsync());
        Assert.DoesNotContain("traceparent", message.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trace_of_the_trigger_is_linked()
    {
        using var trigger = new Activity("trigger").Start();
        var sender = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), ActivityTraceFlags.Recorded);

        using var activity = Tracing.Receive("F", $$"""{"v":1,"traceparent":"00-{{sender.TraceId}}-{{sender.SpanId}}-01"}""");

        Assert.Equal((sender.TraceId, sender.SpanId), (activity!.TraceId, activity.ParentSpanId));
        Assert.Equal(trigger.TraceId, Assert.Single(activity.Links).Context.TraceId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"traceparent\":7}")]
    [InlineData("{\"traceparent\":\"00-zz\"}")]
    public void What_carries_no_trace_begins_one_of_its_own(string message)
    {
        Activity.Current = null;

        using var activity = Tracing.Receive("F", message);

        Assert.Equal(default, activity!.ParentSpanId);
    }

    private static int Transactions(Worker worker) => worker.Storage.Calls.Count(call => call.IsTransaction && call.IsOn("$batch"));
}
