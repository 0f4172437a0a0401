using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Tests.Ingestion;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Counts;

/// <summary>What a row of a file of the directory costs in requests to tables. Counts are exact, on any machine.</summary>
public sealed class DirectoryCountTests
{
    private const int Rows = 2_000;
    private const int Branches = 20;

    /// <summary>G19.</summary>
    [Fact]
    public async Task Members_of_a_group_cost_a_twentieth_of_a_request_each_whether_new_or_not()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        await scene.World.Seed.AddUsersAsync(Seed.Ids(Rows));
        var file = "group_id,group_name,user_id\n" + string.Concat(Seed.Ids(Rows).Select(id => $"drivers,Drivers,{id}\n"));

        var (added, costOfNew) = await ImportAsync(scene, "groups/a.csv", file);
        var (unchanged, costOfSame) = await ImportAsync(scene, "groups/b.csv", file);

        Assert.Equal((new JobCounts(Updated: Rows), new JobCounts(Skipped: Rows)), (added.Counts, unchanged.Counts));
        Assert.InRange(costOfNew, 0, 0.10);
        Assert.InRange(costOfSame, 0, 0.05);
        Assert.Empty(await scene.World.CheckAsync());
    }

    /// <summary>G16, G17, G18: a file that creates users, each in a branch; the same again, as every night; and one that renames them all.</summary>
    [Fact]
    public async Task Users_cost_a_third_of_a_request_each_when_new_or_renamed_and_a_twentieth_when_they_are_as_they_were()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        await ImportAsync(scene, "branches/a.csv", BranchesOf(Branches));

        var (created, costOfNew) = await ImportAsync(scene, "users/a.csv", UsersCalled("Lovelace"));
        var (unchanged, costOfSame) = await ImportAsync(scene, "users/b.csv", UsersCalled("Lovelace"));
        var (renamed, costOfRenamed) = await ImportAsync(scene, "users/c.csv", UsersCalled("King"));

        Assert.Equal(
            (new JobCounts(Updated: Rows), new JobCounts(Skipped: Rows), new JobCounts(Updated: Rows)), (created.Counts, unchanged.Counts, renamed.Counts));
        Assert.InRange(costOfNew, 0, 0.30);
        Assert.InRange(costOfSame, 0, 0.05);
        Assert.InRange(costOfRenamed, 0, 0.40);
        Assert.Empty(await scene.World.CheckAsync());

        static string UsersCalled(string lastName) => "user_id,username,first_name,last_name,branch_id\n"
            + string.Concat(Seed.Ids(Rows).Index().Select(user => $"{user.Item},name-{user.Item},Ada,{lastName},b-{user.Index % Branches}\n"));
    }

    /// <summary>G21.</summary>
    [Fact]
    public async Task Branches_that_are_as_they_were_cost_a_twentieth_of_a_request_each()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        await scene.World.Seed.AddBranchesAsync(BranchNames(Rows));

        var (unchanged, cost) = await ImportAsync(scene, "branches/a.csv", BranchesOf(Rows));

        Assert.Equal(new JobCounts(Skipped: Rows), unchanged.Counts);
        Assert.InRange(cost, 0, 0.05);
    }

    /// <summary>G20: usernames that lie together are looked up by ranges.</summary>
    [Fact]
    public async Task Awards_by_username_cost_a_seventh_of_a_request_each_and_a_tenth_when_they_are_there()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        await scene.World.Seed.AddUsersAsync(Seed.Ids(Rows));
        var file = ImportScene.FileOf(Seed.Ids(Rows).Select(id => ImportScene.Row(id)));

        var (awarded, costOfNew) = await ImportAsync(scene, "awards/a.csv", file);
        var (again, costOfSame) = await ImportAsync(scene, "awards/b.csv", file);

        Assert.Equal((new JobCounts(Awarded: Rows), new JobCounts(Skipped: Rows)), (awarded.Counts, again.Counts));
        Assert.InRange(costOfNew, 0, 0.15);
        Assert.InRange(costOfSame, 0, 0.10);
        Assert.Empty(await scene.World.CheckAsync());
    }

    private static IEnumerable<(LmsId Id, string Name)> BranchNames(int count) => Enumerable.Range(0, count).Select(n => (LmsId.Parse($"b-{n}"), $"Branch {n}"));

    private static string BranchesOf(int count) =>
        "branch_id,name,parent_id\n" + string.Concat(BranchNames(count).Select(branch => $"{branch.Id},{branch.Name},\n"));

    private static async Task<(Job Job, double RequestsPerRow)> ImportAsync(ImportScene scene, string path, string text)
    {
        scene.World.Time.Advance(TimeSpan.FromMinutes(1));
        await scene.DropAsync(path, text);
        var worker = scene.World.StartWorker();
        await scene.TriggerAsync(worker, path);
        await scene.World.Queues.RunToEndAsync(worker);
        var port = scene.World.Storage.Tables.Uri.Port;
        var requests = worker.Storage.Calls.Count(call => call.Request.Uri.Port == port);
        TestContext.Current.TestOutputHelper?.WriteLine($"{path}: {(double)requests / Rows}");
        return ((await scene.World.JobsAsync())[0], (double)requests / Rows);
    }
}
