using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

public sealed class ProductTests
{
    [Fact]
    public async Task The_product_starts_and_is_healthy()
    {
        await using var host = await HostProcess.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var health = await host.Client.GetStringAsync("api/health", TestContext.Current.CancellationToken);

        Assert.Equal("""{"status":"healthy"}""", health);
    }
}
