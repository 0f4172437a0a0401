using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Ingestion;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.LocalHost.Storage;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Benchmarks;

/// <summary>One emulator, the app in this process, and what both sides of a comparison need.</summary>
internal sealed class Bench : IAsyncDisposable
{
    private readonly DirectoryInfo folder;

    private Bench(Azurite azurite, DirectoryInfo folder)
    {
        this.folder = folder;
        Azurite = azurite;
        App = new CountedApp(azurite.ConnectionString);
        Pump = new JobPump(App);
    }

    public Azurite Azurite { get; }

    public CountedApp App { get; }

    public JobPump Pump { get; }

    public TableClient Awards => App.Clients.Table(StorageNames.Tables.Awards);

    /// <param name="keepsData">False: in memory. An emulator on disk writes all that it has anew every few seconds, and answers nobody meanwhile.</param>
    public static async Task<Bench> StartAsync(bool keepsData = true)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("certfunctions-benchmarks-");
        var bench = new Bench(await Azurite.StartNewAsync(folder.FullName, Console.WriteLine, keepsData: keepsData), folder);
        await bench.App.Get<LocalStorage>().EnsureAsync(CancellationToken.None);
        return bench;
    }

    public TableClient Users => App.Clients.Table(StorageNames.Tables.Users);

    public Task EmptyAwardsAsync() => EmptyAsync(Awards);

    public Task EmptyUsersAsync() => EmptyAsync(Users);

    /// <summary>Groups small enough for the emulator, that have all the users between them.</summary>
    public async Task<string> AddGroupsAsync(string name, IReadOnlyList<User> users)
    {
        var groups = new List<string>();
        foreach (var members in users.Chunk(2_500))
        {
            groups.Add((await App.AddGroupAsync($"{name}-{groups.Count}", members, CancellationToken.None)).Value);
        }

        return string.Join(',', groups.Select(group => $"\"{group}\""));
    }

    /// <summary>Award Users by the function that answers it.</summary>
    public async Task<TestAnswer> PostAsync(string code, string body)
    {
        var request = TestRequest.Post($"/api/certifications/{code}/awards", body);
        var result = await App.Function<AwardUsers>().Run(request, code, CancellationToken.None);
        return await TestAnswer.Of(result);
    }

    /// <summary>A file that is dropped, and everything that it brings about until its report is written.</summary>
    public async Task<Job> ImportAsync(string path, string text)
    {
        var blob = App.Clients.Container(StorageNames.Containers.Imports).GetBlobClient(path);
        await blob.UploadAsync(BinaryData.FromString(text), overwrite: true);
        await App.Function<IngestFile>().Run(blob, CancellationToken.None);
        Job job;
        do
        {
            await Pump.RunUntilEmptyAsync(CancellationToken.None);
            job = (await App.Get<IJobStore>().ListAsync(JobFilter.All, new PageRequest(1, null), CancellationToken.None)).Items[0];
        }
        while (!job.IsFinal);
        return job;
    }

    public static string GroupsBody(string groups, int users, string expiresOn = "2028-11-24", bool isPlan = false) =>
        $$"""{"groups":[{{groups}}],"issuedOn":"2026-11-24","expiresOn":"{{expiresOn}}","confirmUsers":{{users}},"dryRun":{{(isPlan ? "true" : "false")}}}""";

    /// <summary>Award Users and everything that its messages bring about.</summary>
    public async Task<Job> RunJobAsync(string code, string body) => await RunToEndAsync(await PostAsync(code, body));

    /// <summary>The way back, and everything that its messages bring about.</summary>
    public async Task<Job> UndoAsync(Job job)
    {
        var request = TestRequest.Post($"/api/jobs/{job.Id}/undo", $$"""{"confirmUsers":{{job.Total}}}""");
        return await RunToEndAsync(await TestAnswer.Of(await App.Function<UndoJob>().Run(request, job.Id.Value, CancellationToken.None)));
    }

    private async Task<Job> RunToEndAsync(TestAnswer answer)
    {
        await Pump.RunUntilEmptyAsync(CancellationToken.None);
        var job = (await App.Get<IJobStore>().FindAsync(JobId.Parse(answer.Json.GetProperty("id").GetString()!), CancellationToken.None))!.Job;
        if (job.Status != JobStatus.Completed)
        {
            throw new InvalidOperationException($"Job {job.Id} is {job.Status}.");
        }

        return job;
    }

    /// <summary>An empty table for each turn: the emulator slows down as partitions grow.</summary>
    private static async Task EmptyAsync(TableClient table)
    {
        await table.DeleteAsync();
        await table.CreateAsync();
        GC.Collect();
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Azurite.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
