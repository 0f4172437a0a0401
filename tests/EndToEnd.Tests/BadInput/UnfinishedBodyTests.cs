using System.Net.Sockets;
using System.Text;

namespace CertFunctions.EndToEnd.Tests.BadInput;

/// <summary>Bodies that end before their Content-Length or chunk says so.</summary>
public sealed class UnfinishedBodyTests(ProductHost product)
{
    /// <summary>Far more than the server's patience with a silent sender.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("Content-Length: 100", "{\"name\":", true)]
    [InlineData("Content-Length: 100", "{\"name\":", false)]
    [InlineData("Transfer-Encoding: chunked", "64\r\n{\"name\":", true)]
    [InlineData("Transfer-Encoding: chunked", "64\r\n{\"name\":", false)]
    [InlineData("Transfer-Encoding: chunked", "zz\r\n{\"name\":", false)]
    [InlineData("Content-Length: -1", "", false)]
    public async Task Gets_a_4xx_or_a_closed_connection_and_the_host_goes_on(string header, string body, bool closes)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var client = await product.ClientAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(client.BaseAddress!.Host, client.BaseAddress.Port, limit.Token);
        var request = $"PUT /api/groups/unfinished HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n{header}\r\n\r\n{body}";
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), limit.Token);
        if (closes)
        {
            socket.Client.Shutdown(SocketShutdown.Send);
        }

        var answer = await FirstLineAsync(stream, limit.Token);

        Assert.True(answer is null || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
        using var missing = await client.GetAsync("api/groups/unfinished", limit.Token);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, missing.StatusCode);
    }

    /// <returns>Null where the connection is closed without a word.</returns>
    private static async Task<string?> FirstLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        try
        {
            using var reader = new StreamReader(stream, leaveOpen: true);
            return await reader.ReadLineAsync(cancellationToken);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
