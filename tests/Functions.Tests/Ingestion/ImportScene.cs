using System.Text;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Tests.Ingestion;

/// <summary>People u-00001 and on in two shards, a certification, and files that are dropped.</summary>
internal sealed class ImportScene : IAsyncDisposable
{
    public const string Header = "username,certification_code,certification_issue_date,always_valid,type,certification_expire_date";

    private ImportScene(World world) => World = world;

    public World World { get; }

    public required CertificationCode Code { get; init; }

    public required IReadOnlyList<LmsId> Users { get; init; }

    public static async Task<ImportScene> SetAsync(int users)
    {
        var world = await World.CreateAsync();
        LmsId[] ids = [.. Seed.IdsIn(Shard.Numbered(5), users / 2), .. Seed.IdsIn(Shard.Numbered(11), users - (users / 2))];
        await world.Seed.AddUsersAsync(ids);
        return new ImportScene(world) { Code = await world.Seed.AddCertificationAsync("FIRE-1"), Users = ids };
    }

    public static string Row(LmsId user, string expiresOn = "2028-11-02") =>
        $"{Seed.UsernameOf(user)},FIRE-1,2026-11-02,0,manual,{expiresOn}";

    public static string FileOf(params IEnumerable<string> rows) => string.Concat(rows.Prepend(Header).Select(row => row + "\r\n"));

    public Task DropAsync(string path, string text) => DropAsync(path, Encoding.UTF8.GetBytes(text));

    /// <param name="metadata">What is said of the file besides.</param>
    public Task DropAsync(string path, byte[] content, params (string Name, string Value)[] metadata) => Drop.GetBlobClient(path).UploadAsync(
        BinaryData.FromBytes(content), new BlobUploadOptions { Metadata = metadata.ToDictionary(said => said.Name, said => said.Value) });

    /// <summary>What the trigger does when it has found the file.</summary>
    public Task TriggerAsync(Worker worker, string path) => worker.Get<IngestFile>().Run(Drop.GetBlobClient(path), CancellationToken.None);

    /// <summary>What the timer does.</summary>
    public Task ReconcileAsync(Worker worker)
    {
        World.Time.SetUtcNow(DateTimeOffset.UtcNow > World.Time.GetUtcNow() ? DateTimeOffset.UtcNow : World.Time.GetUtcNow());
        World.Time.Advance(ReconcileImports.Patience);
        return worker.Get<ReconcileImports>().Run(new TimerInfo(), CancellationToken.None);
    }

    /// <summary>Drops a file and sees it through.</summary>
    public Task<Job> ImportAsync(string path, string text) => ImportAsync(path, Encoding.UTF8.GetBytes(text));

    public async Task<Job> ImportAsync(string path, byte[] content)
    {
        World.Time.Advance(TimeSpan.FromSeconds(1));
        await DropAsync(path, content);
        var worker = World.StartWorker();
        await TriggerAsync(worker, path);
        await World.Queues.RunToEndAsync(worker);
        return (await World.JobsAsync())[0];
    }

    /// <summary>The rows of the report, cell by cell, the header first.</summary>
    public async Task<IReadOnlyList<string[]>> ReportAsync(Job job)
    {
        var text = Encoding.UTF8.GetString(await ReportBytesAsync(job));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(','))];
    }

    public static ImportFile FileOf(Job job) => ((ImportWork)job.Work).File;

    public async Task<byte[]> ReportBytesAsync(Job job)
    {
        var report = World.Storage.Container(StorageNames.Containers.ImportReports).GetBlobClient(FileOf(job).ReportOf(job.Id.Value));
        return (await report.DownloadContentAsync()).Value.Content.ToArray();
    }

    public async Task<User> UserAsync(string id) =>
        (await World.StartWorker().Get<IUserStore>().FindAsync(LmsId.Parse(id), CancellationToken.None))!;

    public async Task<IReadOnlyList<string>> NamesInAsync(string container) =>
        await World.Storage.Container(container).GetBlobsAsync().Select(blob => blob.Name).ToListAsync();

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private BlobContainerClient Drop => World.Storage.Container(StorageNames.Containers.Imports);
}
