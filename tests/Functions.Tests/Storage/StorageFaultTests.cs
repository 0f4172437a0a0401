using System.Net;
using System.Net.Sockets;
using Azure;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Functions.Tests.Storage;

public sealed class StorageFaultTests
{
    [Theory]
    [InlineData(0, true)]
    [InlineData(400, false)]
    [InlineData(404, false)]
    [InlineData(408, true)]
    [InlineData(412, false)]
    [InlineData(429, true)]
    [InlineData(500, true)]
    [InlineData(503, true)]
    public void Tells_a_storage_that_is_away_from_a_wrong_request(int status, bool isTrouble)
    {
        var failure = new RequestFailedException(status, "x");

        Assert.Equal(isTrouble, StorageFault.IsTrouble(failure));
        Assert.Equal(isTrouble, StorageFault.IsTrouble(new AggregateException(failure, new AggregateException(failure))));
    }

    [Fact]
    public void Does_not_take_a_bug_or_a_callers_broken_body_for_storage_trouble()
    {
        Assert.False(StorageFault.IsTrouble(new InvalidOperationException("x")));
        Assert.False(StorageFault.IsTrouble(new BadHttpRequestException("x")));
        Assert.False(StorageFault.IsTrouble(new AggregateException(new TimeoutException(), new InvalidOperationException())));
    }

    [Fact]
    public void Does_not_take_the_callers_own_cancellation_for_storage_trouble() =>
        Assert.False(StorageFault.IsTrouble(new OperationCanceledException(), new CancellationToken(canceled: true)));

    [Theory]
    [InlineData(Peer.NeverAnswers)]
    [InlineData(Peer.CutsItsAnswer)]
    [InlineData(Peer.Refuses)]
    public async Task Takes_what_the_client_throws_at_such_a_peer_for_storage_trouble(Peer peer)
    {
        var token = TestContext.Current.CancellationToken;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        var clients = Listen(listener, peer, token);

        foreach (var failure in new[]
        {
            await Record.ExceptionAsync(() => new StorageProbe(clients).TablesAsync(token)),
            await Record.ExceptionAsync(() => clients.Table("x").GetEntityIfExistsAsync<Azure.Data.Tables.TableEntity>("p", "r", cancellationToken: token)),
            await Record.ExceptionAsync(() => clients.Queue("x").SendMessageAsync("m", token)),
            await Record.ExceptionAsync(() => clients.Container("x").GetBlobClient("b").UploadAsync(BinaryData.FromString("b"), token)),
        })
        {
            Assert.NotNull(failure);
            Assert.True(StorageFault.IsTrouble(failure, token), failure.ToString());
        }
    }

    [Fact]
    public async Task Takes_a_call_cut_off_by_the_requests_deadline_for_storage_trouble()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        var clients = Listen(listener, Peer.NeverAnswers, TestContext.Current.CancellationToken, TimeSpan.FromMinutes(5));
        var time = new FakeTimeProvider();
        using var deadline = new Deadline(TimeSpan.FromSeconds(3), time, CancellationToken.None);
        var check = new StorageProbe(clients).TablesAsync(deadline.Token);

        time.Advance(TimeSpan.FromSeconds(3));

        var failure = await Record.ExceptionAsync(() => check);
        Assert.True(StorageFault.IsTrouble(failure!), failure!.ToString());
    }

    public enum Peer
    {
        NeverAnswers,
        CutsItsAnswer,
        Refuses,
    }

    private static StorageClients Listen(TcpListener listener, Peer peer, CancellationToken cancellationToken, TimeSpan? networkTimeout = null)
    {
        listener.Start();
        var at = $"http://{listener.LocalEndpoint}/acme";
        if (peer == Peer.Refuses)
        {
            listener.Stop();
        }
        else
        {
            _ = AcceptAsync(listener, peer, cancellationToken);
        }

        var key = Convert.ToBase64String(new byte[32]);
        return Emulator.Clients($"AccountName=acme;AccountKey={key};TableEndpoint={at};QueueEndpoint={at};BlobEndpoint={at}", options =>
        {
            options.Retry.NetworkTimeout = networkTimeout ?? TimeSpan.FromMilliseconds(200);
            options.Retry.MaxRetries = 1;
            options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        });
    }

    private static async Task AcceptAsync(TcpListener listener, Peer peer, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(cancellationToken);
                if (peer == Peer.CutsItsAnswer)
                {
                    await socket.ReceiveAsync(new byte[4096], cancellationToken);
                    await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"u8.ToArray(), cancellationToken);
                    socket.Close(timeout: 0);
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The test is over.
        }
    }
}
