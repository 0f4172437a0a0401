using System.Net;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

public sealed class TriggerTests(HostFixture fixture) : IClassFixture<HostFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_its_function()
    {
        await SendAsync("messages", "good");

        await fixture.Host.UntilLoggedAsync("Saw message: good for the 1. time", Cancellation);
    }

    [Fact]
    public async Task A_message_whose_function_throws_is_retried_and_then_poisoned()
    {
        await SendAsync("messages", "bad");

        await fixture.Host.UntilLoggedAsync("Saw message: bad for the 2. time", Cancellation);
        await fixture.Host.UntilLoggedAsync("Saw poison: bad", Cancellation);
    }

    [Fact]
    public async Task A_message_whose_function_takes_too_long_is_tried_again_by_the_same_worker()
    {
        var worker = fixture.Host.WorkerPid;

        await SendAsync("long-messages", "slow");

        await fixture.Host.UntilLoggedAsync("Saw long message: slow for the 2. time", Cancellation);
        Assert.Equal(worker, fixture.Host.WorkerPid);
    }

    [Fact]
    public async Task A_timer_runs_when_told_to()
    {
        await fixture.Host.RunTimerAsync("Tick", Cancellation);

        await fixture.Host.UntilLoggedAsync("Saw timer: in time", Cancellation);
    }

    [Fact]
    public async Task A_blob_reaches_its_function()
    {
        var drop = new BlobContainerClient(fixture.Host.ConnectionString, "drop");
        await drop.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await drop.UploadBlobAsync("a.csv", BinaryData.FromString("a,b"), Cancellation);

        await fixture.Host.UntilLoggedAsync("Saw blob: a.csv with a,b", Cancellation);
    }

    [Fact]
    public async Task Only_a_function_that_is_there_can_be_run()
    {
        using var answer = await fixture.Host.Client.PostAsync("admin/functions/NoSuchFunction", content: null, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task SendAsync(string to, string message)
    {
        var queue = new QueueClient(
            fixture.Host.ConnectionString, to, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync(cancellationToken: Cancellation);
        await queue.SendMessageAsync(message, Cancellation);
    }
}
