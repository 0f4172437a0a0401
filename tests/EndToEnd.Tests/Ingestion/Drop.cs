using System.Text.Json;
using CertFunctions.EndToEnd.Tests.Awarding;
using CertFunctions.Functions.Storage;

namespace CertFunctions.EndToEnd.Tests.Ingestion;

/// <summary>What somebody does who has nothing but the storage: drops a file, and finds its job by the name.</summary>
internal sealed class Drop(LmsClient lms, StorageClients storage)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <returns>The job that ingests it, as soon as there is one.</returns>
    public async Task<string> DropAsync(string path, BinaryData content)
    {
        using var limit = new CancellationTokenSource(Limit);
        var before = await JobsOfAsync(path);
        await storage.Container(StorageNames.Containers.Imports).GetBlobClient(path).UploadAsync(content, overwrite: true, limit.Token);
        while (true)
        {
            if ((await JobsOfAsync(path)).Except(before).SingleOrDefault() is { } id)
            {
                return id;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }

    /// <returns>The job at its end.</returns>
    public async Task<JsonElement> ImportAsync(string path, BinaryData content) => await lms.UntilFinalAsync(await DropAsync(path, content));

    private async Task<IReadOnlyList<string>> JobsOfAsync(string path) =>
        [.. (await lms.ListAsync("api/jobs?kind=import"))
            .Where(job => job.GetProperty("file").GetString() == path)
            .Select(job => job.GetProperty("id").GetString()!)];
}
