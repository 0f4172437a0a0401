using System.Net;
using System.Net.Sockets;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

/// <summary>What keeps a host from starting is told in one line.</summary>
public sealed class HostStartTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tells_that_the_port_is_in_use()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await AssertFailsAsync(["--port", $"{port}", "--app", TestApp.ForHostTests], $"Port {port} is in use");
    }

    [Fact]
    public async Task Tells_that_the_app_folder_is_missing()
    {
        var folder = Path.Combine(TestFolders.New("app"), "nowhere");

        await AssertFailsAsync(["--port", "0", "--data", TestFolders.New("host"), "--app", folder], $"There is no folder {folder}");
    }

    [Fact]
    public async Task Tells_that_the_folder_holds_no_app()
    {
        var folder = TestFolders.New("app");

        await AssertFailsAsync(["--port", "0", "--data", TestFolders.New("host"), "--app", folder], "holds no published function app");
    }

    [Fact]
    public async Task Tells_that_the_storage_is_no_connection_string() =>
        await AssertFailsAsync(["--port", "0", "--app", TestApp.ForHostTests, "--storage", "nonsense"], "--storage is not a connection string");

    [Fact]
    public async Task Tells_that_the_storage_cannot_be_reached()
    {
        const string nobody = "DefaultEndpointsProtocol=http;AccountName=a;AccountKey=YQ==;BlobEndpoint=http://127.0.0.1:1/a;"
            + "QueueEndpoint=http://127.0.0.1:1/a;TableEndpoint=http://127.0.0.1:1/a";

        await AssertFailsAsync(["--port", "0", "--app", TestApp.ForHostTests, "--storage", nobody], "cannot be reached");
    }

    [Fact]
    public async Task Tells_that_the_data_folder_is_in_use()
    {
        var folder = TestFolders.New("host");
        await using var taken = CertFunctions.LocalHost.Processes.FileLock.TryTake(Path.Combine(folder, ".lock"));

        await AssertFailsAsync(["--port", "0", "--app", TestApp.ForHostTests, "--data", folder], $"{folder} is in use by another host");
    }

    [Fact]
    public async Task Tells_that_node_is_missing() => await AssertFailsAsync(
        ["--port", "0", "--data", TestFolders.New("host"), "--app", TestApp.ForHostTests], "Node.js was not found", path: TestFolders.New("empty"));

    private static async Task AssertFailsAsync(string[] arguments, string reason, string? path = null)
    {
        var (exitCode, _, errors) = await HostCommand.RunAsync(arguments, Cancellation, path);

        Assert.Equal(1, exitCode);
        Assert.Contains(reason, Assert.Single(errors.TrimEnd().Split('\n')), StringComparison.Ordinal);
    }
}
