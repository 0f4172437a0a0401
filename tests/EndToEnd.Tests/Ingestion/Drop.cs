using System.Text.Json;
using CertFunctions.EndToEnd.Tests.Awarding;
using CertFunctions.Functions.Storage;

namespace CertFunctions.EndToEnd.Tests.Ingestion;

/// <summary>What somebody does who has nothing but the storage: drops a file, and finds its job by the name.</summary>
internal static class Drop
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <returns>The job that ingests it, as soon as there is one.</returns>
    public static async Task<string> DropAsync(this AppFixture app, string path, BinaryData content)
    {
        using var limit = new CancellationTokenSource(Limit);
        var before = await JobsOfAsync(app, path);
        await app.Storage.Container(StorageNames.Containers.Imports).GetBlobClient(path).UploadAsync(content, overwrite: true, limit.Token);
        while (true)
        {
            if ((await JobsOfAsync(app, path)).Except(before).SingleOrDefault() is { } id)
            {
                return id;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }
    }

    public static async Task<JsonElement> ImportAsync(this AppFixture app, string path, BinaryData content) =>
        await app.Lms.UntilFinalAsync(await app.DropAsync(path, content));

    private static async Task<IReadOnlyList<string>> JobsOfAsync(AppFixture app, string path) =>
        [.. (await app.Lms.ListAsync("api/jobs?kind=import"))
            .Where(job => job.GetProperty("file").GetString() == path)
            .Select(job => job.GetProperty("id").GetString()!)];
}
