using System.Diagnostics;
using System.Globalization;
using System.Text;
using Azure;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Lms;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Benchmarks.Figures;

/// <summary>W1, W2: signed messages of 25 completions to the function that answers them, from 50 senders at once.</summary>
internal sealed class WebhookFigures(Bench bench, Options options)
{
    private const int Senders = 50;
    private const int MessagesOfSender = 10;
    private const int Messages = Senders * MessagesOfSender;

    private readonly string secret = LmsMessage.Secret();

    public async IAsyncEnumerable<Measured> MeasureAsync()
    {
        await P99Async(OursAsync);
        await P99Async(RawAsync);
        bench.App.Counts.Reset();
        var turns = await Timing.InTurnsAsync(options.Pairs, _ => P99Async(OursAsync), _ => P99Async(RawAsync));
        var requests = bench.App.Counts.Requests;
        Details.Print(requests);
        await bench.App.Clients.Queue(StorageNames.Queues.WebhookMessages).ClearMessagesAsync();
        yield return new(
            FigureTable.W1, requests.Values.Sum() / (double)(Messages * options.Pairs), string.Join(", ", requests.Keys.Order(StringComparer.Ordinal)));
        yield return new(
            FigureTable.W2,
            turns.Quotient,
            $"ours {turns.First.TotalMilliseconds:0} ms, raw {turns.Second.TotalMilliseconds:0} ms, {Messages} messages, the function in this process");
    }

    private static async Task<TimeSpan> P99Async(Func<string, Task> send)
    {
        var times = await Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            var own = new List<TimeSpan>();
            for (var message = 0; message < MessagesOfSender; message++)
            {
                var from = Stopwatch.GetTimestamp();
                await send(Guid.NewGuid().ToString("n"));
                own.Add(Stopwatch.GetElapsedTime(from));
            }

            return own;
        }));
        return times.SelectMany(own => own).Order().ElementAt(Messages * 99 / 100 - 1);
    }

    private static string Body(string id) => LmsMessage.Of(
        id, "course.enrollment.completed", [.. Enumerable.Range(0, 25).Select(user => LmsMessage.Course($"u-{user}", "C-101"))]);

    private async Task OursAsync(string id)
    {
        var body = Encoding.UTF8.GetBytes(Body(id));
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = TestRequest.Of("POST", "/api/webhooks/lms", body)
            .With(WebhookProof.IdHeader, id)
            .With(WebhookProof.TimestampHeader, timestamp)
            .With(WebhookProof.SignatureHeader, LmsMessage.Sign(secret, id, timestamp, body));
        var proof = new WebhookProof(new WebhookSettings([secret], null), TimeProvider.System);
        var answer = await TestAnswer.Of(await new ReceiveWebhook(bench.App.Get<WebhookService>(), proof).Run(request, CancellationToken.None));
        if (answer.Status != 202)
        {
            throw new InvalidOperationException($"Answered {answer.Status}: {answer.Body}");
        }
    }

    private async Task RawAsync(string id)
    {
        var key = WebhookKey.Of(id);
        await bench.App.Clients.Container(StorageNames.Containers.Webhooks).GetBlobClient(key.Value).UploadAsync(
            BinaryData.FromString(Body(id)), new Azure.Storage.Blobs.Models.BlobUploadOptions { Conditions = new() { IfNoneMatch = ETag.All } });
        await bench.App.Clients.Queue(StorageNames.Queues.WebhookMessages).SendMessageAsync(new WebhookMessage(key, null).ToString());
    }
}
