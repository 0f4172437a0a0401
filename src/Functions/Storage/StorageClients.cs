using Azure.Core;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions.Storage;

/// <summary>
/// The only place that makes storage clients. The setting <c>CertStorage</c> is a connection string; or
/// <c>CertStorage__tableServiceUri</c>, <c>__queueServiceUri</c> and <c>__blobServiceUri</c> name the services, for managed identity: that of the app, or
/// the one that <c>__credential</c> = <c>managedidentity</c> and <c>__clientId</c> name.
/// </summary>
/// <param name="configuration">The app's settings.</param>
/// <param name="adjust">Has the last word on the options of each client: another transport, more policies.</param>
public sealed class StorageClients(IConfiguration configuration, Action<ClientOptions>? adjust = null)
{
    private static readonly TimeSpan NetworkTimeout = TimeSpan.FromSeconds(10);

    private readonly Lazy<TableServiceClient> tables = new(() => Create(
        configuration, "tableServiceUri", Adjusted("table", new TableClientOptions(), adjust),
        (connection, options) => new TableServiceClient(connection, options), (uri, who, options) => new TableServiceClient(uri, who, options)));

    private readonly Lazy<QueueServiceClient> queues = new(() => CreateQueues(configuration, QueueMessageEncoding.Base64, adjust));

    private readonly Lazy<QueueServiceClient> rawQueues = new(() => CreateQueues(configuration, QueueMessageEncoding.None, adjust));

    private readonly Lazy<BlobServiceClient> blobs = new(() => Create(
        configuration, "blobServiceUri", Adjusted("blob", new BlobClientOptions(), adjust),
        (connection, options) => new BlobServiceClient(connection, options), (uri, who, options) => new BlobServiceClient(uri, who, options)));

    public TableServiceClient Tables => tables.Value;

    public QueueServiceClient Queues => queues.Value;

    public BlobServiceClient Blobs => blobs.Value;

    public TableClient Table(string name) => Tables.GetTableClient(name);

    public QueueClient Queue(string name) => Queues.GetQueueClient(name);

    /// <summary>Its messages as they lie there, whether the app could decode them or not.</summary>
    public QueueClient RawQueue(string name) => rawQueues.Value.GetQueueClient(name);

    public BlobContainerClient Container(string name) => Blobs.GetBlobContainerClient(name);

    private static QueueServiceClient CreateQueues(IConfiguration configuration, QueueMessageEncoding encoding, Action<ClientOptions>? adjust) => Create(
        configuration, "queueServiceUri", Adjusted("queue", new QueueClientOptions { MessageEncoding = encoding }, adjust),
        (connection, options) => new QueueServiceClient(connection, options), (uri, who, options) => new QueueServiceClient(uri, who, options));

    private static T Create<T, TOptions>(
        IConfiguration configuration, string service, TOptions options, Func<string, TOptions, T> byText, Func<Uri, TokenCredential, TOptions, T> byIdentity)
    {
        var section = configuration.GetSection(StorageNames.Connection);
        return (section.Value, section[service]) switch
        {
            ({ Length: > 0 } connection, _) => byText(connection, options),
            (_, { Length: > 0 } uri) => byIdentity(new Uri(uri), CredentialOf(section), options),
            _ => throw new InvalidOperationException(
                $"No storage is configured: set {StorageNames.Connection} to a connection string, or {StorageNames.Connection}__{service} to the service's address."),
        };
    }

    /// <summary>The same settings by which the host chooses the identity of its triggers.</summary>
    /// <exception cref="InvalidOperationException">The setting names a kind that we do not know.</exception>
    internal static TokenCredential CredentialOf(IConfigurationSection section) => (section["credential"]?.ToLowerInvariant(), section["clientId"]) switch
    {
        (null or "", var clientId) => new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = clientId }),
        ("managedidentity", { Length: > 0 } clientId) => new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId)),
        ("managedidentity", _) => new ManagedIdentityCredential(ManagedIdentityId.SystemAssigned),
        _ => throw new InvalidOperationException($"{section.Key}__credential must be managedidentity, or not be set."),
    };

    private static TOptions Adjusted<TOptions>(string service, TOptions options, Action<ClientOptions>? adjust)
        where TOptions : ClientOptions
    {
        options.Retry.Mode = RetryMode.Exponential;
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(200);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(5);
        options.Retry.NetworkTimeout = NetworkTimeout;
        options.AddPolicy(new RetryCount(service), HttpPipelinePosition.PerRetry);
        adjust?.Invoke(options);
        return options;
    }
}
