using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using CertFunctions.Functions.Storage;
using CertFunctions.LocalHost.Storage;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.LocalHost;

public sealed class ProductTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_product_starts_and_is_healthy()
    {
        await using var host = await HostProcess.StartAsync(cancellationToken: Cancellation);

        var health = await host.Client.GetStringAsync("api/health", Cancellation);

        Assert.Equal("""{"status":"healthy"}""", health);
    }

    [Fact]
    public async Task A_store_of_a_newer_version_is_left_alone_and_its_messages_wait()
    {
        await using var storage = await Azurite.StartNewAsync(TestFolders.New("newer"), cancellationToken: Cancellation);
        var settings = new TableClient(storage.ConnectionString, StorageNames.Tables.Settings);
        await settings.CreateAsync(Cancellation);
        await settings.AddEntityAsync(new TableEntity("settings", "schema") { ["version"] = StoreSchema.Version + 1 }, Cancellation);
        var steps = new QueueClient(storage.ConnectionString, StorageNames.Queues.JobSteps);
        await steps.CreateAsync(cancellationToken: Cancellation);
        await steps.SendMessageAsync(Convert.ToBase64String("{}"u8), Cancellation);

        await using var host = await HostProcess.StartAsync(new HostProcessOptions { Storage = storage }, Cancellation);

        foreach (var path in new[] { "api/certifications", "api/health/ready" })
        {
            using var answer = await host.Client.GetAsync(path, Cancellation);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
            Assert.Contains($"schema version {StoreSchema.Version + 1}", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await host.Client.GetAsync("api/health", Cancellation)).StatusCode);
        Assert.Equal(1, (await steps.GetPropertiesAsync(Cancellation)).Value.ApproximateMessagesCount);
    }
}
