using Azure.Data.Tables;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage;

/// <summary>What the emulator is told to do otherwise when it is started must not show: it keeps rows apart as the cloud does.</summary>
public sealed class EmulatorTests
{
    /// <summary>The index that finds a row sorts what looks like a number as a number.</summary>
    private static readonly string[] Keys = ["1", "01", "1.0", "1e0", "0x1", "+1", " 1", "10", "9", "1a", "a", "A", "NaN", "Infinity", "null", "true", "0", "-0"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_that_look_alike_are_rows_apart_and_so_is_one_key_in_two_partitions()
    {
        var table = (await Emulator.ClientsAsync()).Table(StorageNames.Tables.Directory);
        string[] partitions = [$"{Guid.NewGuid()}", $"{Guid.NewGuid()}"];
        var all = partitions.SelectMany(partition => Keys.Select(key => (partition, key))).ToList();

        foreach (var (partition, key) in all)
        {
            await table.AddEntityAsync(new TableEntity(partition, key) { ["is"] = partition + key }, Cancellation);
        }

        foreach (var (partition, key) in all)
        {
            Assert.Equal(partition + key, (await table.GetEntityAsync<TableEntity>(partition, key, cancellationToken: Cancellation)).Value.GetString("is"));
        }

        await table.DeleteEntityAsync(partitions[0], "1", cancellationToken: Cancellation);
        var left = await table.QueryAsync<TableEntity>(row => row.PartitionKey == partitions[0], cancellationToken: Cancellation).CountAsync(Cancellation);
        Assert.Equal((Keys.Length - 1, true), (left, (await table.GetEntityIfExistsAsync<TableEntity>(partitions[1], "1", cancellationToken: Cancellation)).HasValue));
    }
}
