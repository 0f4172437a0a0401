using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Queues;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Directory;
using CertFunctions.Functions.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Functions.Tests.Ingestion;
using CertFunctions.TestWorlds.Faults;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>One item that always fails, among those that a timer looks after: the others are done, and the trouble is told (R23).</summary>
public sealed class TimerTests
{
    [Fact]
    public async Task A_job_that_cannot_be_read_keeps_no_other_from_the_sweeper()
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        await AddJobOfNewerVersionAsync(scene.World);
        await scene.World.Queues.TakeAsync();
        scene.World.Queues.Hide();
        scene.World.Time.Advance(SweepSettings.Default.StalledAfter);

        var trouble = await Assert.ThrowsAsync<AggregateException>(
            () => scene.World.StartWorker().Get<SweepJobs>().Run(new TimerInfo(), CancellationToken.None));

        Assert.Contains(Newest.Value, trouble.Message, StringComparison.Ordinal);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        await RemoveJobOfNewerVersionAsync(scene.World);
        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Theory]
    [InlineData(QueueMessageEncoding.Base64)]
    [InlineData(QueueMessageEncoding.None)]
    public async Task A_message_that_nobody_can_process_keeps_no_job_from_the_sweeper(QueueMessageEncoding encoding)
    {
        await using var scene = await JobScene.SetAsync();
        await scene.AskAsync();
        var worker = scene.World.StartWorker();
        await worker.HandleAsync(Assert.Single(await scene.World.Queues.TakeAsync()));
        await scene.World.Queues.TakeAsync();
        scene.World.Queues.Hide();
        var queue = new QueueClient(
            scene.World.ConnectionString, StorageNames.Queues.JobRuns, new QueueClientOptions { MessageEncoding = encoding });
        var message = (await queue.SendMessageAsync("This is no message of ours.")).Value;
        scene.World.Time.Advance(SweepSettings.Default.TurnComesWithin);

        await worker.Get<SweepJobs>().Run(new TimerInfo(), CancellationToken.None);

        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task A_file_that_cannot_be_copied_keeps_no_other_in_the_drop()
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        await scene.DropAsync("awards/a.csv", ImportScene.FileOf(ImportScene.Row(scene.Users[0])));
        await scene.DropAsync("awards/b.csv", ImportScene.FileOf(ImportScene.Row(scene.Users[1])));
        var worker = scene.World.StartWorker(call =>
            call.Request.Method == RequestMethod.Put && call.IsOn("imports-archive/awards/a.csv") ? Fault.Answers(403) : null);

        var trouble = await Assert.ThrowsAsync<AggregateException>(() => scene.ReconcileAsync(worker));

        Assert.Contains("awards/a.csv", trouble.Message, StringComparison.Ordinal);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
        Assert.Equal([scene.Users[1]], await scene.World.HoldersAsync(scene.Code));
        Assert.Equal(["awards/a.csv"], await scene.NamesInAsync(StorageNames.Containers.Imports));
    }

    [Fact]
    public async Task A_user_whose_repair_fails_keeps_no_other_from_theirs()
    {
        await using var world = await World.CreateAsync();
        var users = Seed.Ids(2);
        await world.Seed.AddUsersAsync(users);
        var crashed = world.StartWorker().Get<IUserFollowUps>();
        foreach (var user in users)
        {
            await crashed.AddAsync(new UserFollowUp(user, "f-1", world.Time.GetUtcNow()) { ShownOtherwise = true }, CancellationToken.None);
        }

        world.Time.Advance(UserFollowUpService.Abandoned + TimeSpan.FromSeconds(1));
        var worker = world.StartWorker(call =>
            call.Request.Method == RequestMethod.Get && call.IsOn(StorageNames.Tables.Users) && call.Path.Contains(users[0].Value, StringComparison.Ordinal)
                ? Fault.Answers(403)
                : null);

        await Assert.ThrowsAsync<AggregateException>(() => worker.Get<RepairUsers>().Run(new TimerInfo(), CancellationToken.None));

        Assert.Single(await crashed.ReadAsync(Shard.Of(users[0]), [users[0]], CancellationToken.None));
        Assert.Empty(await crashed.ReadAsync(Shard.Of(users[1]), [users[1]], CancellationToken.None));
    }

    /// <summary>Sorts before every other: ids sort newest first.</summary>
    private static readonly JobId Newest = JobId.Parse(new string('0', 32));

    private static async Task AddJobOfNewerVersionAsync(World world)
    {
        await Jobs(world).AddEntityAsync(new TableEntity(JobKeys.Partition, JobKeys.Active(Newest)));
        await Jobs(world).AddEntityAsync(
            new TableEntity(JobKeys.Partition, JobKeys.Job(Newest)) { ["job0"] = """{"Kind":"Forecast"}"""u8.ToArray() });
    }

    private static async Task RemoveJobOfNewerVersionAsync(World world)
    {
        await Jobs(world).DeleteEntityAsync(JobKeys.Partition, JobKeys.Active(Newest));
        await Jobs(world).DeleteEntityAsync(JobKeys.Partition, JobKeys.Job(Newest));
    }

    private static TableClient Jobs(World world) => world.Storage.Table(StorageNames.Tables.Jobs);
}
