using Azure.Data.Tables;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Tests.Faults;
using CertFunctions.Functions.Tests.Ingestion;
using CertFunctions.Operations;
using CertFunctions.Operations.BackUps;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.Functions.Tests.Operations;

/// <summary>A store is copied out and back, and goes on where it was.</summary>
public sealed class BackUpTests : IAsyncLifetime
{
    private readonly string folder = Path.Combine(TestFolders.New("back-up"), "monday");
    private readonly List<string> said = [];
    private ImportScene scene = null!;
    private World restored = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DirectoryInfo Folder => new(folder);

    /// <summary>A store with a finished import, its report and rows that failed, and a job for 150 people between two of its runs.</summary>
    public async ValueTask InitializeAsync()
    {
        scene = await ImportScene.SetAsync(users: 150);
        await scene.ImportAsync("awards/a.csv", ImportScene.FileOf(ImportScene.Row(scene.Users[0]), "nobody,FIRE-1,2026-11-02,1,manual,"));
        await scene.DropAsync("awards/b,#ü 100%.csv", ImportScene.FileOf(ImportScene.Row(scene.Users[1])));
        var worker = scene.World.StartWorker();
        await worker.PostAsync(scene.Code, AwardRequests.Group(await scene.World.Seed.AddGroupAsync("g-1", scene.Users)));
        await scene.World.Queues.DeliverAsync(worker, Assert.Single(await scene.World.Queues.TakeAsync()));
        await scene.World.Queues.DeliverAsync(worker, (await scene.World.Queues.TakeAsync())[0]);
        var left = Assert.Single(scene.World.Queues.Pending);
        await scene.World.Queues.SendAsync(left.Queue, left.Text);
        restored = await World.CreateAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await scene.DisposeAsync();
        await restored.DisposeAsync();
    }

    [Fact]
    public async Task What_comes_back_is_what_was_there_and_the_job_goes_on()
    {
        await BackUpAsync();
        await RestoreAsync();

        Assert.Equal(await ContentOfAsync(scene.World.Storage), await ContentOfAsync(restored.Storage));
        Assert.Empty(await restored.CheckAsync());
        await restored.Queues.RunToEndAsync(restored.StartWorker());
        var jobs = await restored.JobsAsync();
        Assert.Equal([(JobStatus.CompletedWithErrors, 1), (JobStatus.Completed, 149)], jobs.Select(job => (job.Status, job.Counts.Awarded)).OrderDescending());
        Assert.Equal(150, (await restored.HoldersAsync(scene.Code)).Count);
        Assert.Empty(await restored.CheckAsync());
    }

    [Fact]
    public async Task A_message_that_was_copied_is_still_there_to_be_worked_on()
    {
        await BackUpAsync();

        scene.World.Queues.Hide();
        Assert.Equal(StorageNames.Queues.SmallJobRuns, Assert.Single(await scene.World.Queues.TakeAsync()).Queue);
    }

    [Fact]
    public async Task A_message_of_several_lines_comes_back_as_one()
    {
        await scene.World.Storage.RawQueue(StorageNames.Queues.JobRunsPoison).SendMessageAsync("no base64\n\n%%\r\n", Cancellation);

        await BackUpAsync();
        await RestoreAsync();

        Assert.Equal(await ContentOfAsync(scene.World.Storage), await ContentOfAsync(restored.Storage));
    }

    [Fact]
    public async Task Nothing_is_written_over()
    {
        await BackUpAsync();

        await RefusedAsync(BackUpAsync, "is not empty");
        await RefusedAsync(() => new Restore(scene.World.Storage, said.Add).RunAsync(Folder, Cancellation), "The store is not empty: table");
    }

    [Fact]
    public async Task Half_a_back_up_one_that_was_changed_and_one_of_another_version_are_refused()
    {
        await BackUpAsync();
        var summary = Path.Combine(folder, "back-up.json");
        var text = await File.ReadAllTextAsync(summary, Cancellation);

        File.Delete(summary);
        await RefusedAsync(RestoreAsync, "no whole back-up");

        await File.WriteAllTextAsync(summary, text.Replace($"\"schemaVersion\": {StoreSchema.Version}", "\"schemaVersion\": 99", StringComparison.Ordinal), Cancellation);
        await RefusedAsync(RestoreAsync, "schema version 99");

        await File.WriteAllTextAsync(summary, text, Cancellation);
        await File.AppendAllTextAsync(System.IO.Directory.GetFiles(Path.Combine(folder, "containers/imports"))[0], "x", Cancellation);
        await RefusedAsync(RestoreAsync, "is not what was backed up");
    }

    [Fact]
    public async Task Lines_that_are_missing_are_missed()
    {
        await BackUpAsync();
        var rows = Path.Combine(folder, "tables/Users.jsonl");
        await File.WriteAllLinesAsync(rows, (await File.ReadAllLinesAsync(rows, Cancellation))[1..], Cancellation);

        await RefusedAsync(RestoreAsync, "Users had");
    }

    private Task BackUpAsync() => new BackUp(scene.World.Storage, said.Add).RunAsync(Folder, Cancellation);

    private Task RestoreAsync() => new Restore(restored.Storage, said.Add).RunAsync(Folder, Cancellation);

    private static async Task RefusedAsync(Func<Task> operation, string because) =>
        Assert.Contains(because, (await Assert.ThrowsAsync<OperationException>(operation)).Message, StringComparison.Ordinal);

    /// <summary>Every row, blob and message, without what storage itself notes on them.</summary>
    private static async Task<IReadOnlyList<string>> ContentOfAsync(StorageClients store)
    {
        var content = new List<string>();
        foreach (var table in StorageNames.In(typeof(StorageNames.Tables)))
        {
            content.AddRange(await store.Table(table).QueryAsync<TableEntity>().Select(row => $"{table} {RowJson.Write(row)}").ToListAsync());
        }

        foreach (var container in StorageNames.In(typeof(StorageNames.Containers)))
        {
            await foreach (var blob in store.Container(container).GetBlobsAsync())
            {
                var found = (await store.Container(container).GetBlobClient(blob.Name).DownloadContentAsync()).Value;
                var metadata = string.Join(' ', found.Details.Metadata.Select(one => $"{one.Key}={one.Value}"));
                content.Add($"{container}/{blob.Name} {found.Details.ContentType} {metadata} {Convert.ToHexString(found.Content.ToArray())}");
            }
        }

        foreach (var queue in StorageNames.In(typeof(StorageNames.Queues)))
        {
            content.AddRange((await store.RawQueue(queue).PeekMessagesAsync(32)).Value.Select(message => $"{queue} {message.Body}"));
        }

        return content;
    }
}
