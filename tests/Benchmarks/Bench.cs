using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Awarding;
using CertFunctions.Functions.Storage;
using CertFunctions.LocalHost.Storage;
using CertFunctions.TestWorlds.Counting;
using CertFunctions.TestWorlds.Http;

namespace CertFunctions.Benchmarks;

/// <summary>One emulator on disk, the app in this process, and what both sides of a comparison need.</summary>
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

    public static async Task<Bench> StartAsync()
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("certfunctions-benchmarks-");
        var bench = new Bench(await Azurite.StartNewAsync(folder.FullName, Console.WriteLine), folder);
        await bench.App.Get<LocalStorage>().EnsureAsync(CancellationToken.None);
        return bench;
    }

    /// <summary>An empty table for each turn: the emulator slows down as partitions grow.</summary>
    public async Task EmptyAwardsAsync()
    {
        await Awards.DeleteAsync();
        await Awards.CreateAsync();
        GC.Collect();
    }

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

    public static string GroupsBody(string groups, int users, string expiresOn = "2028-11-24") =>
        $$"""{"groups":[{{groups}}],"issuedOn":"2026-11-24","expiresOn":"{{expiresOn}}","confirmUsers":{{users}}}""";

    /// <summary>Award Users and everything that its messages bring about.</summary>
    public async Task RunJobAsync(string code, string body)
    {
        var answer = await PostAsync(code, body);
        await Pump.RunUntilEmptyAsync(CancellationToken.None);
        var job = (await App.Get<IJobStore>().FindAsync(JobId.Parse(answer.Json.GetProperty("id").GetString()!), CancellationToken.None))!.Job;
        if (job.Status != JobStatus.Completed)
        {
            throw new InvalidOperationException($"Job {job.Id} is {job.Status}.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Azurite.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
