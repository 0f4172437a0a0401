using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Tests.Ingestion;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>A file of several chunks, from the drop to the report, with a process that dies at any place of it.</summary>
public sealed class ImportCrashTests
{
    private const string Path = "awards/a.csv";
    private const int Users = 40;

    /// <summary>A prime, so that it meets both sides of requests and every kind of them. All 356 steps of the 178 requests have passed; they take minutes.</summary>
    private const int Stride = 11;

    [Fact]
    public async Task A_crash_at_any_request_of_an_import_does_no_row_twice_and_loses_none() =>
        await CrashStep.PlayAllAsync(
            await CountCallsAsync(),
            async step =>
            {
                await using var scene = await SetAsync();
                await step.DieAsync(scene.World, worker => ImportAsync(scene, worker));
                await RecoverAsync(scene);
                return await FindDifferencesAsync(scene);
            },
            Stride);

    [Fact]
    public async Task Readers_that_race_each_other_read_each_chunk_once()
    {
        await using var scene = await SetAsync();
        await scene.TriggerAsync(scene.World.StartWorker(), Path);
        var message = Assert.Single(await scene.World.Queues.TakeAsync());

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => scene.World.StartWorker().HandleAsync(message)));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        Assert.Empty(await FindDifferencesAsync(scene));
    }

    [Fact]
    public async Task A_reader_whose_time_is_up_hands_over_to_the_next_message()
    {
        await using var scene = await SetAsync();
        scene.World.Imports = scene.World.Imports with { TimePerCall = TimeSpan.Zero };
        await scene.TriggerAsync(scene.World.StartWorker(), Path);
        var hurried = scene.World.StartWorker();
        await hurried.HandleAsync(Assert.Single(await scene.World.Queues.TakeAsync()));
        scene.World.Imports = ImportSettings.Default;

        Assert.Null(Assert.Single(await scene.World.JobsAsync()).Manifest);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        Assert.Empty(await FindDifferencesAsync(scene));
    }

    private static async Task<int> CountCallsAsync()
    {
        await using var scene = await SetAsync();
        var worker = scene.World.StartWorker();
        await ImportAsync(scene, worker);
        Assert.Empty(await FindDifferencesAsync(scene));
        return worker.Storage.Calls.Count;
    }

    private static async Task<ImportScene> SetAsync()
    {
        var scene = await ImportScene.SetAsync(Users);
        scene.World.Imports = new ImportSettings(ChunkBytes: 1_000, TimePerCall: TimeSpan.FromMinutes(1));
        var rows = scene.Users.Select(user => ImportScene.Row(user)).Append("nobody,FIRE-1,2026-11-02,0,manual,2028-11-02");
        await scene.DropAsync(Path, ImportScene.FileOf(rows.Append(ImportScene.Row(scene.Users[0], "2031-01-01"))));
        return scene;
    }

    private static async Task ImportAsync(ImportScene scene, Worker worker)
    {
        await scene.TriggerAsync(worker, Path);
        await scene.World.Queues.RunToEndAsync(worker);
    }

    /// <summary>What happens by itself: messages come again, the timer looks into the drop, the sweeper at jobs that stand still.</summary>
    private static async Task RecoverAsync(ImportScene scene)
    {
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        await scene.ReconcileAsync(scene.World.StartWorker());
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        scene.World.Time.Advance(2 * SweepSettings.Default.StalledAfter);
        await scene.World.StartWorker().Get<SweepService>().SweepAsync(CancellationToken.None);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
    }

    private static async Task<IReadOnlyList<string>> FindDifferencesAsync(ImportScene scene)
    {
        var found = (await scene.World.CheckAsync()).ToList();
        found.AddRange((await scene.World.JobsAsync())
            .Where(job => job.Status != JobStatus.CompletedWithErrors || job.Counts != new JobCounts(Awarded: Users, Failed: 2))
            .Select(job => $"Job {job.Id} is {job.Status} with {job.Counts}"));
        var (jobs, holders) = ((await scene.World.JobsAsync()).Count, (await scene.World.HoldersAsync(scene.Code)).Count);
        return jobs == 1 && holders == Users ? found : [.. found, $"{jobs} jobs, {holders} hold it"];
    }
}
