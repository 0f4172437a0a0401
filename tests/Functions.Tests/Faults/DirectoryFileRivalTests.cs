using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Tests.Ingestion;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>Files of users that are carried out while others change the same.</summary>
public sealed class DirectoryFileRivalTests
{
    private const int Rows = 60;
    private const string Header = "user_id,username,first_name,last_name,branch_id\n";

    private static readonly LmsId Branch = LmsId.Parse("north");

    /// <summary>R20.</summary>
    [Fact]
    public async Task Of_two_files_that_fight_for_usernames_each_goes_to_one_person()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        await TakeInAsync(scene, "users/a.csv", Header + string.Concat(Enumerable.Range(0, Rows).Select(n => $"a-{n},name-{n},A,B,\n")));
        await TakeInAsync(scene, "users/b.csv", Header + string.Concat(Enumerable.Range(0, Rows).Select(n => $"b-{n},NAME-{n},A,B,\n")));

        await scene.World.Queues.RunToEndAsync([scene.World.StartWorker(), scene.World.StartWorker()]);

        var jobs = await scene.World.JobsAsync();
        Assert.Equal((Rows, Rows), (jobs.Sum(job => job.Counts.Updated), jobs.Sum(job => job.Counts.Failed)));
        var users = await Walk.AllAsync(200, page => scene.World.StartWorker().Get<IUserStore>().ListAsync(null, page, CancellationToken.None));
        Assert.Equal(Rows, users.Select(user => FoldedText.Of(user.Username)).Distinct().Count());
        Assert.Equal(Rows, users.Count);
        Assert.Empty(await scene.World.CheckAsync());
    }

    /// <summary>R21: the run stands still before it writes, or has written, the first people into the branch.</summary>
    [Theory]
    [InlineData(false, null, "branch_not_found")]
    [InlineData(true, "branch_in_use", "")]
    public async Task A_branch_that_is_deleted_under_an_import_takes_nobody_in_or_stays(bool isWritten, string? deleted, string code)
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        await scene.World.Seed.AddBranchesAsync([(Branch, "North")]);
        await TakeInAsync(
            scene, "users/a.csv", Header + string.Concat(Seed.IdsIn(Shard.Numbered(3), Rows).Select(id => $"{id},name-{id},A,B,{Branch}\n")));
        var (slow, gate) = (scene.World.StartWorker(), new Gate());
        slow.Storage.OnCall = async call => gate.Reached.IsCompleted || !await IsOfUsersAsync(call) ? null
            : isWritten ? Fault.HoldAfter(gate)
            : Fault.HoldBefore(gate);

        var importing = scene.World.Queues.RunToEndAsync(slow);
        await gate.Reached;
        var deletion = await scene.World.StartWorker().Get<BranchService>().DeleteAsync(Branch, Precondition.None, By.Hand, CancellationToken.None);
        gate.Open();
        await importing;

        Assert.Equal(deleted, deletion.Code());
        var job = Assert.Single(await scene.World.JobsAsync());
        var codes = (await scene.ReportAsync(job)).Skip(1).Select(row => row[7]).Distinct().ToList();
        Assert.Contains(code, codes);
        Assert.Equal(isWritten ? new JobCounts(Updated: Rows) : job.Counts with { Updated = 0, Failed = Rows }, job.Counts);
        Assert.Empty(await scene.World.CheckAsync());
    }

    /// <summary>R22.</summary>
    [Fact]
    public async Task A_file_that_renames_people_while_a_job_awards_them_leaves_each_under_one_name()
    {
        await using var scene = await ImportScene.SetAsync(users: 300);
        var group = await scene.World.Seed.AddGroupAsync("g-1", scene.Users);
        await TakeInAsync(scene, "users/a.csv", Header + string.Concat(scene.Users.Select(id => $"{id},new-{id},Ada,King,\n")));
        Assert.Equal(202, (await scene.World.StartWorker().PostAsync(scene.Code, AwardRequests.Group(group))).Status);

        await scene.World.Queues.RunToEndAsync([.. Enumerable.Range(0, 4).Select(_ => scene.World.StartWorker())]);
        scene.World.Time.Advance(2 * UserFollowUpService.Abandoned);
        await scene.World.StartWorker().Get<UserService>().RepairAsync(CancellationToken.None);

        Assert.All(await scene.World.JobsAsync(), job => Assert.Equal((JobStatus.Completed, 300), (job.Status, job.Counts.Processed)));
        var listed = await Walk.AllAsync(200, page => scene.World.StartWorker().Get<IAwardListStore>().ListAsync(
            new HolderList(scene.Code, ExpiryRange.All, AwardSort.Username, null), page, CancellationToken.None));
        Assert.Equal(scene.Users.Select(id => $"new-{id}").ToHashSet(), listed.Select(held => held.User.Username).ToHashSet());
        Assert.Equal(300, listed.Count);
        Assert.Empty(await scene.World.CheckAsync());
    }

    /// <summary>Pairs and circles of five whose rows are in different runs, which several instances carry out at once.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public async Task People_who_exchange_usernames_in_different_runs_of_a_file_get_them(int workers)
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        var ids = Seed.Ids((2 * RunSplitter.TasksPerRun) + 400).Order(ShardOrder.Instance).ToList();
        await scene.World.Seed.AddUsersAsync(ids);
        var wanted = ids.ToDictionary(id => id, Seed.UsernameOf);
        foreach (var n in Enumerable.Range(0, 300))
        {
            Exchange(ids[n], ids[RunSplitter.TasksPerRun + n]);
        }

        foreach (var n in Enumerable.Range(300, 50))
        {
            Exchange(ids[n], ids[n + 100], ids[RunSplitter.TasksPerRun + n], ids[^(n - 299)], ids[RunSplitter.TasksPerRun + n + 100]);
        }

        await TakeInAsync(scene, "users/a.csv", Header + string.Concat(ids.Select(id => $"{id},{wanted[id]},Ada,King,\n")));
        await scene.World.Queues.RunToEndAsync([.. Enumerable.Range(0, workers).Select(_ => scene.World.StartWorker())]);

        Assert.Equal(new JobCounts(Updated: ids.Count), Assert.Single(await scene.World.JobsAsync()).Counts);
        var users = await Walk.AllAsync(200, page => scene.World.StartWorker().Get<IUserStore>().ListAsync(null, page, CancellationToken.None));
        Assert.Equal(wanted.Select(one => (one.Key, one.Value)).ToHashSet(), users.Select(user => (user.Id, user.Username)).ToHashSet());
        Assert.Empty(await scene.World.CheckAsync());

        void Exchange(params LmsId[] circle)
        {
            foreach (var (one, next) in circle.Zip([.. circle.Skip(1), circle[0]]))
            {
                wanted[one] = Seed.UsernameOf(next);
            }
        }
    }

    /// <summary>The file is read; its runs are waiting.</summary>
    private static async Task TakeInAsync(ImportScene scene, string path, string text)
    {
        scene.World.Time.Advance(TimeSpan.FromSeconds(1));
        await scene.DropAsync(path, text);
        var worker = scene.World.StartWorker();
        await scene.TriggerAsync(worker, path);
        var messages = await scene.World.Queues.TakeAsync();
        foreach (var step in messages.Where(message => message.Queue == StorageNames.Queues.JobSteps))
        {
            await scene.World.Queues.DeliverAsync(worker, step);
        }
    }

    /// <summary>Neither their claims nor their gates.</summary>
    private static async Task<bool> IsOfUsersAsync(StorageCall call) =>
        await call.IsTransactionOfAsync(StorageNames.Tables.Users) && (await call.BodyAsync()).Contains("lastName", StringComparison.Ordinal);
}
