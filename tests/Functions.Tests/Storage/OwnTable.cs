using Azure.Data.Tables;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage;

/// <summary>A table that no other test knows: lists show nothing but the test's own rows.</summary>
internal static class OwnTable
{
    public static async Task<TableClient> CreateAsync()
    {
        var table = (await Emulator.ClientsAsync()).Table($"T{Guid.NewGuid():n}");
        await table.CreateAsync();
        return table;
    }
}
