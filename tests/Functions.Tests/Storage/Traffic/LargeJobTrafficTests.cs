using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Storage.Traffic;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Storage.Traffic;

public sealed class LargeJobTrafficTests : IDisposable
{
    private const int Many = 20;

    private readonly LargeJobTraffic traffic = new();
    private readonly HeldTransport transport = new();
    private readonly HttpPipeline pipeline;

    private readonly LargeJobsLast functions;

    public LargeJobTrafficTests() => (pipeline, functions) = (new HttpPipeline(transport, [traffic]), new LargeJobsLast(traffic));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_large_job_sends_a_few_requests_at_once_and_all_of_them_in_the_end()
    {
        var sent = SendOfLargeJob();

        Assert.Equal(LargeJobTraffic.RequestsAtOnce, await transport.MostAtOnceAsync(sent));
        Assert.Equal(Many, transport.Sent);
    }

    [Fact]
    public async Task One_at_a_time_while_anything_else_is_at_work()
    {
        using var other = functions.Begin(nameof(AdvanceJob));

        Assert.Equal(1, await transport.MostAtOnceAsync(SendOfLargeJob()));
        Assert.Equal(Many, transport.Sent);
    }

    [Fact]
    public async Task None_until_the_run_of_a_small_job_has_ended()
    {
        var small = functions.Begin(nameof(ProcessSmallJobRun))!;
        var from = Stopwatch.GetTimestamp();
        var sent = SendOfLargeJob();
        await Task.Delay(LargeJobTraffic.Patience / 4, Cancellation);
        Assert.True(transport.Sent == 0 || Stopwatch.GetElapsedTime(from) >= LargeJobTraffic.Patience, "A request was sent at once");

        small.Dispose();

        Assert.InRange(await transport.MostAtOnceAsync(sent), 1, LargeJobTraffic.RequestsAtOnce);
        Assert.Equal(Many, transport.Sent);
    }

    [Fact]
    public async Task However_many_small_jobs_come_a_large_one_gets_on()
    {
        using var small = functions.Begin(nameof(ProcessSmallJobRun))!;
        transport.Open();

        await Task.Run(SendOneOfLargeJobAsync, Cancellation);

        Assert.Equal(1, transport.Sent);
    }

    [Fact]
    public async Task What_is_not_for_a_large_job_waits_for_nobody()
    {
        using var small = functions.Begin(nameof(ProcessSmallJobRun))!;
        var sent = Task.WhenAll(Enumerable.Range(0, Many).Select(_ => SendAsync()));

        Assert.Equal(Many, await transport.MostAtOnceAsync(sent));
    }

    public void Dispose()
    {
        traffic.Dispose();
        transport.Dispose();
    }

    private Task SendOfLargeJob() => Task.WhenAll(Enumerable.Range(0, Many).Select(_ => Task.Run(SendOneOfLargeJobAsync, Cancellation)));

    private async Task SendOneOfLargeJobAsync()
    {
        Assert.Null(functions.Begin(nameof(ProcessJobRun)));
        await SendAsync();
    }

    private async Task SendAsync()
    {
        using var message = pipeline.CreateMessage();
        message.Request.Uri.Reset(new Uri("https://storage.example/"));
        await pipeline.SendAsync(message, Cancellation);
    }

    /// <summary>Answers when it is told to.</summary>
    private sealed class HeldTransport : HttpPipelineTransport, IDisposable
    {
        /// <summary>How long nothing new may come before all that will come at once has come.</summary>
        private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(25);

        private readonly SemaphoreSlim answers = new(0);
        private int sent;
        private int inFlight;

        public int Sent => Volatile.Read(ref sent);

        public void Open() => answers.Release(int.MaxValue / 2);

        /// <summary>Answers one after the other, each when all that come without that answer have come.</summary>
        public async Task<int> MostAtOnceAsync(Task all)
        {
            var most = 0;
            while (!all.IsCompleted)
            {
                for (var before = -1; before != Sent;)
                {
                    before = Sent;
                    await Task.Delay(Quiet);
                }

                most = Math.Max(most, Volatile.Read(ref inFlight));
                answers.Release();
            }

            await all;
            return most;
        }

        public override Request CreateRequest() => HttpClientTransport.Shared.CreateRequest();

        public override void Process(HttpMessage message) => throw new NotSupportedException();

        public override async ValueTask ProcessAsync(HttpMessage message)
        {
            Interlocked.Increment(ref sent);
            Interlocked.Increment(ref inFlight);
            await answers.WaitAsync(message.CancellationToken);
            Interlocked.Decrement(ref inFlight);
            message.Response = CannedResponse.Error(200);
        }

        public void Dispose() => answers.Dispose();
    }
}
