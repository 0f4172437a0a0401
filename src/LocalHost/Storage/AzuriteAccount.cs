namespace CertFunctions.LocalHost.Storage;

internal static class AzuriteAccount
{
    private const string Name = "devstoreaccount1";

    /// <summary>Public: every storage emulator has this key, https://learn.microsoft.com/azure/storage/common/storage-use-azurite.</summary>
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    public static string ConnectionString(int blobPort, int queuePort, int tablePort) =>
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};"
        + $"BlobEndpoint=http://127.0.0.1:{blobPort}/{Name};"
        + $"QueueEndpoint=http://127.0.0.1:{queuePort}/{Name};"
        + $"TableEndpoint=http://127.0.0.1:{tablePort}/{Name};";
}
