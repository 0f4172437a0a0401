using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Tests.Ingestion;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Counts;

/// <summary>What a row of a file of the directory costs in requests to tables. Counts are exact, on any machine.</summary>
public sealed class DirectoryCountTests
{
    private const int Rows = 4_000;

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

    /// <summary>G17.</summary>
    [Fact]
    public async Task Users_who_are_as_they_were_cost_a_twentieth_of_a_request_each()
    {
        await using var scene = await ImportScene.SetAsync(users: 0);
        await scene.World.Seed.AddUsersAsync(Seed.Ids(Rows));
        var file = "user_id,username,first_name,last_name\n" + string.Concat(Seed.Ids(Rows).Select(id => $"{id},name-{id},name-{id},name-{id}\n"));

        var (unchanged, cost) = await ImportAsync(scene, "users/a.csv", file);

        Assert.Equal(new JobCounts(Skipped: Rows), unchanged.Counts);
        Assert.InRange(cost, 0, 0.05);
        Assert.Empty(await scene.World.CheckAsync());
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

    private static async Task<(Job Job, double RequestsPerRow)> ImportAsync(ImportScene scene, string path, string text)
    {
        scene.World.Time.Advance(TimeSpan.FromMinutes(1));
        await scene.DropAsync(path, text);
        var worker = scene.World.StartWorker();
        await scene.TriggerAsync(worker, path);
        await scene.World.Queues.RunToEndAsync(worker);
        var port = scene.World.Storage.Tables.Uri.Port;
        var requests = worker.Storage.Calls.Count(call => call.Request.Uri.Port == port);
        return ((await scene.World.JobsAsync())[0], (double)requests / Rows);
    }
}
