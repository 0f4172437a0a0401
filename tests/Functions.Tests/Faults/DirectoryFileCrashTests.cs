using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Tests.Ingestion;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>
/// A run of a file of members, of users who are as they were, or of users who are new in branches, renamed, moved and exchange their usernames
/// (R20), whose process dies at any request of it.
/// </summary>
public sealed class DirectoryFileCrashTests
{
    /// <summary>More than fit one transaction.</summary>
    private const int Rows = 150;

    /// <summary>The same, of those of whom more is written.</summary>
    private const int RowsOfChanged = 50;

    /// <summary>A prime, so that it meets both sides of requests and every kind of them.</summary>
    private const int Stride = 5;

    /// <summary>The same for the file that takes more requests and whose people hold awards.</summary>
    private const int StrideOfChanged = 17;

    private const string Members = "groups/a.csv";
    private const string AsTheyWere = "users/same.csv";
    private const string Changed = "users/changed.csv";

    private static readonly LmsId Group = LmsId.Parse("drivers");

    [Theory]
    [InlineData(Members)]
    [InlineData(AsTheyWere)]
    [InlineData(Changed)]
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
                await scene.World.StartWorker().Get<UserService>().RepairAsync(CancellationToken.None);
                await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                return await FindDifferencesAsync(scene, path);
            },
            path == Changed ? StrideOfChanged : Stride);
    }

    /// <summary>From the last run of a file that is the whole directory to the end of the job that deactivates the others.</summary>
    [Fact]
    public async Task A_crash_at_any_request_deactivates_each_who_is_missing_once()
    {
        int calls;
        await using (var whole = await ReadWholeAsync())
        {
            var worker = whole.World.StartWorker();
            await whole.World.Queues.RunToEndAsync(worker);
            Assert.Empty(await FindDifferencesAsync(whole));
            calls = worker.Storage.Calls.Count;
        }

        await CrashStep.PlayAllAsync(
            calls,
            async step =>
            {
                await using var scene = await ReadWholeAsync();
                await step.DieAsync(scene.World, worker => scene.World.Queues.RunToEndAsync(worker));
                foreach (var _ in Enumerable.Range(0, 3))
                {
                    await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
                    scene.World.Time.Advance(2 * SweepSettings.Default.StalledAfter);
                    await scene.World.StartWorker().Get<SweepService>().SweepAsync(CancellationToken.None);
                }

                return await FindDifferencesAsync(scene);
            },
            Stride);

        static async Task<ImportScene> ReadWholeAsync()
        {
            var scene = await ImportScene.SetAsync(RowsOfChanged);
            scene.World.Time.Advance(TimeSpan.FromMinutes(1));
            var there = scene.Users.Where((_, index) => index % 2 == 0).Select(id => $"{id},name-{id},name-{id},name-{id}\n");
            await scene.DropAsync(AsTheyWere, Encoding.UTF8.GetBytes("user_id,username,first_name,last_name\n" + string.Concat(there)), ("missing", "deactivate"));
            var worker = scene.World.StartWorker();
            await scene.TriggerAsync(worker, AsTheyWere);
            await scene.World.Queues.DeliverAsync(worker, Assert.Single(await scene.World.Queues.TakeAsync()));
            return scene;
        }

        static async Task<IReadOnlyList<string>> FindDifferencesAsync(ImportScene scene)
        {
            var found = (await scene.World.CheckAsync()).ToList();
            var jobs = await scene.World.JobsAsync();
            found.AddRange(jobs.Count == 2 ? [] : [$"There are {jobs.Count} jobs"]);
            var last = jobs.MaxBy(job => job.Work.Follows is not null)!;
            found.AddRange(last.Counts == new JobCounts(Updated: RowsOfChanged / 2) ? [] : [$"The last job is {last.Status} with {last.Counts}"]);
            foreach (var (index, id) in scene.Users.Index())
            {
                found.AddRange((await scene.UserAsync(id.Value)).Active == (index % 2 == 0) ? [] : [$"{id} is active or not as it should not be"]);
            }

            return found;
        }
    }

    private static int RowsOf(string path) => path == Changed ? RowsOfChanged : Rows;

    /// <summary>The file is taken in and read; its runs are waiting.</summary>
    private static async Task<ImportScene> ReadAsync(string path)
    {
        var scene = await ImportScene.SetAsync(RowsOf(path));
        await scene.World.Seed.AddBranchesAsync([(LmsId.Parse("north"), "North"), (LmsId.Parse("south"), "South")]);
        await (path == Changed ? scene.ImportAsync("awards/a.csv", ImportScene.FileOf(scene.Users.Select(id => ImportScene.Row(id)))) : Task.CompletedTask);
        scene.World.Time.Advance(TimeSpan.FromMinutes(1));
        await scene.DropAsync(path, path switch
        {
            Members => "group_id,group_name,user_id\n" + string.Concat(scene.Users.Select(id => $"{Group},Drivers,{id}\n")),
            AsTheyWere => "user_id,username,first_name,last_name\n" + string.Concat(scene.Users.Select(id => $"{id},name-{id},name-{id},name-{id}\n")),
            _ => "user_id,username,first_name,last_name,branch_id\n" + string.Concat(ChangedRows(scene.Users)),
        });
        var worker = scene.World.StartWorker();
        await scene.TriggerAsync(worker, path);
        await scene.World.Queues.DeliverAsync(worker, Assert.Single(await scene.World.Queues.TakeAsync()));
        return scene;
    }

    /// <summary>In turn: one who is new, two who exchange their usernames, one with another last name, one with another username.</summary>
    private static IEnumerable<string> ChangedRows(IReadOnlyList<LmsId> users) => users.Index().Select(user => (user.Index % 5) switch
    {
        0 => $"new-{user.Item},new-{user.Item},New,Comer,north\n",
        1 => $"{user.Item},name-{users[user.Index + 1]},A,B,south\n",
        2 => $"{user.Item},name-{users[user.Index - 1]},A,B,north\n",
        3 => $"{user.Item},name-{user.Item},name-{user.Item},King,\n",
        _ => $"{user.Item},other-{user.Item},name-{user.Item},name-{user.Item},south\n",
    });

    private static async Task<IReadOnlyList<string>> FindDifferencesAsync(ImportScene scene, string path)
    {
        var found = (await scene.World.CheckAsync()).ToList();
        var job = (await scene.World.JobsAsync())[0];
        var isOfGroup = path == Members;
        if (job.Status != JobStatus.Completed || job.Counts != (path == AsTheyWere ? new JobCounts(Skipped: Rows) : new JobCounts(Updated: RowsOf(path))))
        {
            found.Add($"The job is {job.Status} with {job.Counts}");
        }

        var members = await scene.World.StartWorker().Get<IMemberStore>().CountAsync(Group, CancellationToken.None);
        return members == (isOfGroup ? Rows : 0) ? found : [.. found, $"{members} members"];
    }
}
