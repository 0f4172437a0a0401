using Azure.Core;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage;

public sealed class StorageClientsTests
{
    [Fact]
    public void Takes_the_addresses_of_the_services_for_managed_identity()
    {
        var clients = Clients(
            ("CertStorage:tableServiceUri", "https://acme.table.core.windows.net"),
            ("CertStorage:queueServiceUri", "https://acme.queue.core.windows.net"),
            ("CertStorage:blobServiceUri", "https://acme.blob.core.windows.net"));

        Assert.Equal("https://acme.table.core.windows.net/", clients.Tables.Uri.AbsoluteUri);
        Assert.Equal("https://acme.queue.core.windows.net/", clients.Queues.Uri.AbsoluteUri);
        Assert.Equal("https://acme.blob.core.windows.net/", clients.Blobs.Uri.AbsoluteUri);
    }

    [Theory]
    [InlineData(null, null, "DefaultAzureCredential")]
    [InlineData(null, "11111111-2222-3333-4444-555555555555", "DefaultAzureCredential")]
    [InlineData("managedidentity", null, "ManagedIdentityCredential")]
    [InlineData("ManagedIdentity", "11111111-2222-3333-4444-555555555555", "ManagedIdentityCredential")]
    public void Takes_the_identity_that_the_triggers_take(string? credential, string? clientId, string type)
    {
        var settings = TestSettings.Of(("CertStorage:credential", credential), ("CertStorage:clientId", clientId));

        Assert.Equal(type, StorageClients.CredentialOf(settings.GetSection("CertStorage")).GetType().Name);
    }

    [Fact]
    public void Refuses_a_kind_of_identity_that_it_does_not_know()
    {
        var settings = TestSettings.Of(("CertStorage:credential", "password"));

        Assert.Contains("CertStorage__credential", Assert.Throws<InvalidOperationException>(
            () => StorageClients.CredentialOf(settings.GetSection("CertStorage"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Says_what_to_set_when_nothing_is()
    {
        var failure = Assert.Throws<InvalidOperationException>(() => Clients().Tables);

        Assert.Contains("CertStorage__tableServiceUri", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaves_the_last_word_on_options_to_whoever_makes_it()
    {
        var seen = new List<ClientOptions>();
        var clients = await Emulator.ClientsAsync(seen.Add);

        Assert.NotNull(clients.Table(StorageNames.Tables.Settings));
        Assert.Equal(TimeSpan.FromSeconds(10), Assert.Single(seen).Retry.NetworkTimeout);
    }

    private static StorageClients Clients(params (string Name, string? Value)[] settings) => new(TestSettings.Of(settings));
}
