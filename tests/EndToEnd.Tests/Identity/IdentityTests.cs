using Azure.Core.Pipeline;
using Azure.Storage.Blobs;
using CertFunctions.EndToEnd.Tests.Awarding;
using CertFunctions.EndToEnd.Tests.Docs;
using CertFunctions.LocalHost.Storage;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.Identity;

/// <summary>
/// The app as it is deployed, by a user-assigned identity alone: the storage takes tokens over HTTPS, and the key of its account is known to nobody.
/// </summary>
public sealed class IdentityTests : IAsyncLifetime
{
    private const string Ready = "Ctrl+C stops everything.";
    private static readonly string[] Services = ["Blob", "Queue", "Table"];
    private static readonly string[] Pages = ["README.md", "docs/lms.md"];
    private static readonly string[] Connections = ["AzureWebJobsStorage", "CertStorage"];

    private readonly string folder = TestFolders.New("identity");
    private ManagedIdentity identity = null!;
    private Azurite storage = null!;
    private HostProcess host = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only there a process is told by its environment which certificate to trust.");
        var certificate = LoopbackCertificate.Create(folder);
        identity = await ManagedIdentity.StartAsync();
        storage = await Azurite.StartNewAsync(folder, identity: new AzuriteIdentity("stcerts", certificate.CertificateFile, certificate.KeyFile));
        host = await HostProcess.StartAsync(new HostProcessOptions { Storage = storage, ByIdentity = true, IsDemo = true, Settings = SettingsOf(certificate) });
        await host.UntilLoggedAsync(Ready);
    }

    public async ValueTask DisposeAsync()
    {
        await (host?.DisposeAsync() ?? default);
        await (storage?.DisposeAsync() ?? default);
        await (identity?.DisposeAsync() ?? default);
    }

    [Fact]
    public async Task The_tours_are_made_and_a_large_file_is_dropped_without_a_key()
    {
        var commands = Pages.SelectMany(page => new Page(page).Commands);

        await new Shell(folder, host.Client.BaseAddress!, LmsSettings).RunAsync(commands);

        var lms = new LmsClient(host.Client);
        Assert.Equal(300, (await lms.GetAsync("api/certifications/GDPR")).GetProperty("awardedTo").GetInt32());
        await DropAsync(lms);
        await host.UntilReadyAsync(Cancellation);
        Assert.Equal(["https://storage.azure.com"], identity.Resources);
        Assert.DoesNotContain(host.Log, line => line.Contains("is not known", StringComparison.Ordinal));
    }

    private static Dictionary<string, string> LmsSettings => new()
    {
        ["Webhooks__Lms__Secrets__0"] = LmsMessage.Secret(7),
        ["Webhooks__Lms__Basic__Username"] = "lms",
        ["Webhooks__Lms__Basic__Password"] = "letmein",
    };

    /// <summary>
    /// The address is signed for the identity, with a key that storage makes for it. The emulator does not know the signatures of this year yet, so
    /// that the file is dropped by the identity itself.
    /// </summary>
    private async Task DropAsync(LmsClient lms)
    {
        var (status, granted) = await lms.SendAsync(HttpMethod.Post, "api/imports/uploads?kind=branches&name=large.csv");
        Assert.True(status == 200, $"{granted}");
        var address = new Uri(granted.GetProperty("url").GetString()!);
        Assert.Contains($"skoid={ManagedIdentity.ClientId}", address.Query, StringComparison.Ordinal);
        using var client = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true });
        var options = new BlobClientOptions { Transport = new HttpClientTransport(client) };

        await new BlobClient(new Uri(address.GetLeftPart(UriPartial.Path)), identity.Credential, options)
            .UploadAsync(BinaryData.FromString("branch_id,name,parent_id\ngranted,Granted,\n"), Cancellation);

        await lms.UntilImportedAsync("branches/large.csv");
        Assert.Equal("Granted", (await lms.GetAsync("api/branches/granted")).GetProperty("name").GetString());
    }

    /// <summary>Those that infra/app.bicep gives the app, and what the platform adds.</summary>
    private Dictionary<string, string> SettingsOf(LoopbackCertificate certificate)
    {
        var settings = new Dictionary<string, string>(identity.Settings.Concat(LmsSettings)) { ["SSL_CERT_FILE"] = certificate.CertificateFile };
        foreach (var connection in Connections)
        {
            settings[$"{connection}__credential"] = "managedidentity";
            settings[$"{connection}__clientId"] = ManagedIdentity.ClientId;
            foreach (var service in Services)
            {
                settings[$"{connection}__{service.ToLowerInvariant()}ServiceUri"] = storage.ServiceUri(service).ToString();
            }
        }

        return settings;
    }
}
