using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage;

public sealed class TableCursorKeyStoreTests
{
    [Fact]
    public async Task Every_instance_gets_the_same_32_bytes()
    {
        var clients = await Emulator.ClientsAsync();
        var keys = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(async _ => (await new TableCursorKeyStore(clients).GetAsync(TestContext.Current.CancellationToken)).ToArray()));

        Assert.All(keys, key => Assert.Equal(keys[0], key));
        Assert.Equal(32, keys[0].Length);
    }
}
