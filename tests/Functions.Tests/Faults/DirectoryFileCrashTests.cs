using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Tests.Ingestion;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>A run of a file of members, or of users who are as they were, whose process dies at any request of it.</summary>
public sealed class DirectoryFileCrashTests
{
    /// <summary>More than fit one transaction.</summary>
    private const int Rows = 150;

    /// <summary>A prime, so that it meets both sides of requests and every kind of them.</summary>
    private const int Stride = 3;

    private static readonly LmsId Group = LmsId.Parse("drivers");

    [Theory]
    [InlineData("groups/a.csv")]
    [InlineData("users/a.csv")]
    public async Task A_crash_at_any_request_counts_each_row_once(string path)
    {
        int calls;
        await using (var whole = await ReadAsync(path))
        {
            var worker = whole.World.StartWorker();
            await whole.World.Queues.RunToEndAsync(worker);
            Assert.Empty(await FindDifferencesAsync(whole, path));
            calls = worker.Storage.Calls.Count;
        }

        await CrashStep.PlayAllAsync(
            calls,
            async step =>
            {
                await using var scene = await ReadAsync(path);
                await step.DieAsync(scene.World, worker => scene.World.Queues.RunToEndAsync(worker));
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                scene.World.Time.Advance(2 * SweepSettings.Default.StalledAfter);
                await scene.World.StartWorker().Get<SweepService>().SweepAsync(CancellationToken.None);
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                return await FindDifferencesAsync(scene, path);
            },
            Stride);
    }

    /// <summary>The file is taken in and read; its runs are waiting.</summary>
    private static async Task<ImportScene> ReadAsync(string path)
    {
        var scene = await ImportScene.SetAsync(Rows);
        scene.World.Time.Advance(TimeSpan.FromMinutes(1));
        await scene.DropAsync(path, path.StartsWith("groups/", StringComparison.Ordinal)
            ? "group_id,group_name,user_id\n" + string.Concat(scene.Users.Select(id => $"{Group},Drivers,{id}\n"))
            : "user_id,username,first_name,last_name\n" + string.Concat(scene.Users.Select(id => $"{id},name-{id},name-{id},name-{id}\n")));
        var worker = scene.World.StartWorker();
        await scene.TriggerAsync(worker, path);
        await scene.World.Queues.DeliverAsync(worker, Assert.Single(await scene.World.Queues.TakeAsync()));
        return scene;
    }

    private static async Task<IReadOnlyList<string>> FindDifferencesAsync(ImportScene scene, string path)
    {
        var found = (await scene.World.CheckAsync()).ToList();
        var job = Assert.Single(await scene.World.JobsAsync());
        var isOfGroup = path.StartsWith("groups/", StringComparison.Ordinal);
        if (job.Status != JobStatus.Completed || job.Counts != (isOfGroup ? new JobCounts(Updated: Rows) : new JobCounts(Skipped: Rows)))
        {
            found.Add($"The job is {job.Status} with {job.Counts}");
        }

        var members = await scene.World.StartWorker().Get<IMemberStore>().CountAsync(Group, CancellationToken.None);
        return members == (isOfGroup ? Rows : 0) ? found : [.. found, $"{members} members"];
    }
}
