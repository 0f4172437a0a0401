using System.Text;
using Azure.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Ingestion;

/// <summary>What can happen to a file between the moment it is dropped and the moment it is taken in (R12).</summary>
public sealed class DroppedFileTests
{
    private const string Path = "awards/a.csv";

    [Fact]
    public async Task A_file_that_is_reported_twice_is_one_job()
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        await scene.DropAsync(Path, ImportScene.FileOf(ImportScene.Row(scene.Users[0])));
        var worker = scene.World.StartWorker();

        await scene.TriggerAsync(worker, Path);
        await scene.TriggerAsync(worker, Path);
        await scene.World.Queues.RunToEndAsync(worker);
        await scene.TriggerAsync(worker, Path);
        await scene.World.Queues.RunToEndAsync(worker);

        Assert.Equal(JobStatus.Completed, Assert.Single(await scene.World.JobsAsync()).Status);
        Assert.Empty(await scene.World.CheckAsync());
    }

    /// <summary>Found by a trigger or by the timer.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_its_metadata_says_of_a_file_counts(bool byTimer)
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        var text = Encoding.UTF8.GetBytes($"user_id,username,first_name,last_name\n{scene.Users[0]},x,Ada,King\n");

        await TakeInAsync(("missing", "deactivate"), ("confirmUsers", "7"));
        await TakeInAsync(("missing", "deactivate"), ("confirmUsers", "1"));
        await TakeInAsync(("missing", "deactivate"), ("confirmUsers", "1"));
        await TakeInAsync(("missing", "remove"));

        var jobs = (await scene.World.JobsAsync()).OrderBy(job => job.CreatedAt).ThenBy(job => job.Work.Follows is not null);
        Assert.Equal(
            [
                (JobStatus.Completed, 1, null),
                (JobStatus.Failed, 1, "confirmation_mismatch"),
                (JobStatus.Completed, 1, null),
                (JobStatus.Completed, 1, null),
                (JobStatus.Failed, (int?)null, "import_option_invalid"),
            ],
            jobs.Select(job => (job.Status, job.Total, job.Error?.Code)));
        Assert.Equal((true, false), ((await scene.UserAsync(scene.Users[0].Value)).Active, (await scene.UserAsync(scene.Users[1].Value)).Active));
        Assert.Empty(await scene.World.CheckAsync());

        async Task TakeInAsync(params (string, string)[] metadata)
        {
            await scene.DropAsync("users/all.csv", text, metadata);
            await (byTimer ? scene.ReconcileAsync(scene.World.StartWorker()) : scene.TriggerAsync(scene.World.StartWorker(), "users/all.csv"));
            await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());
            scene.World.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task A_file_that_many_report_at_once_is_one_job()
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        await scene.DropAsync(Path, ImportScene.FileOf(ImportScene.Row(scene.Users[0])));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => scene.TriggerAsync(scene.World.StartWorker(), Path)));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        Assert.Equal(JobStatus.Completed, Assert.Single(await scene.World.JobsAsync()).Status);
        Assert.Empty(await scene.NamesInAsync(StorageNames.Containers.Imports));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task The_same_content_under_the_same_name_is_ingested_once_and_leaves_the_drop()
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        var text = ImportScene.FileOf(ImportScene.Row(scene.Users[0]));
        await scene.ImportAsync(Path, text);
        await scene.DropAsync(Path, text);

        await scene.TriggerAsync(scene.World.StartWorker(), Path);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        Assert.Single(await scene.World.JobsAsync());
        Assert.Empty(await scene.NamesInAsync(StorageNames.Containers.Imports));
    }

    [Fact]
    public async Task Another_content_under_the_same_name_and_then_the_first_again_are_three_jobs()
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        foreach (var user in new[] { scene.Users[0], scene.Users[1], scene.Users[0] })
        {
            await scene.ImportAsync(Path, ImportScene.FileOf(ImportScene.Row(user)));
        }

        Assert.Equal([JobStatus.Completed, JobStatus.Completed, JobStatus.Completed], (await scene.World.JobsAsync()).Select(job => job.Status));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_is_written_over_while_it_is_taken_in_is_replaced_whole_or_taken_whole(bool beforeTheCopy)
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        await scene.DropAsync(Path, ImportScene.FileOf(ImportScene.Row(scene.Users[0])));
        var gate = new Gate();
        var slow = scene.World.StartWorker(call => !call.IsOn("imports-archive") ? null : beforeTheCopy ? Fault.HoldBefore(gate) : Fault.HoldAfter(gate));

        var taking = scene.TriggerAsync(slow, Path);
        await gate.Reached;
        await scene.DropAsync(Path, ImportScene.FileOf(ImportScene.Row(scene.Users[1])));
        gate.Open();
        await taking;
        await scene.TriggerAsync(scene.World.StartWorker(), Path);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        Assert.Equal(beforeTheCopy ? [scene.Users[1]] : scene.Users, await scene.World.HoldersAsync(scene.Code));
        Assert.Equal(beforeTheCopy ? 1 : 2, (await scene.World.JobsAsync()).Count);
        Assert.Empty(await scene.NamesInAsync(StorageNames.Containers.Imports));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_file_that_is_deleted_while_it_is_taken_in_is_nobodys_loss()
    {
        await using var scene = await ImportScene.SetAsync(users: 1);
        await scene.DropAsync(Path, ImportScene.FileOf(ImportScene.Row(scene.Users[0])));
        var gate = new Gate();
        var slow = scene.World.StartWorker(call => call.IsOn("imports-archive") ? Fault.HoldBefore(gate) : null);

        var taking = scene.TriggerAsync(slow, Path);
        await gate.Reached;
        await scene.World.Storage.Container(StorageNames.Containers.Imports).DeleteBlobAsync(Path);
        gate.Open();
        await taking;

        Assert.Empty(await scene.World.JobsAsync());
        await scene.TriggerAsync(scene.World.StartWorker(), Path);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_was_copied_before_a_crash_is_ingested_though_the_drop_holds_another_or_none(bool writtenOver)
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        await scene.DropAsync(Path, ImportScene.FileOf(ImportScene.Row(scene.Users[0])));
        var doomed = scene.World.StartWorker(call => call.IsOn("imports-archive") ? Fault.CrashAfter(call) : null);
        await Assert.ThrowsAsync<CrashException>(() => scene.TriggerAsync(doomed, Path));
        await (writtenOver
            ? scene.DropAsync(Path, ImportScene.FileOf(ImportScene.Row(scene.Users[1])))
            : scene.World.Storage.Container(StorageNames.Containers.Imports).DeleteBlobAsync(Path));
        await scene.TriggerAsync(scene.World.StartWorker(), Path);

        await scene.ReconcileAsync(scene.World.StartWorker());
        await scene.ReconcileAsync(scene.World.StartWorker());
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        Assert.Equal(writtenOver ? scene.Users : scene.Users.Take(1), await scene.World.HoldersAsync(scene.Code));
        Assert.Equal((await scene.NamesInAsync(StorageNames.Containers.ImportsArchive)).Count, (await scene.World.JobsAsync()).Count);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task An_upload_that_a_crash_left_in_the_drop_is_not_ingested_again_though_rows_of_it_failed()
    {
        await using var scene = await ImportScene.SetAsync(users: 1);
        await scene.DropAsync(Path, ImportScene.FileOf(ImportScene.Row(scene.Users[0]), "nobody,FIRE-1,2026-11-02,1,manual,"));
        var doomed = scene.World.StartWorker(call => call.Request.Method == RequestMethod.Delete && call.IsOn("imports/") ? Fault.CrashBefore(call) : null);
        await Assert.ThrowsAsync<CrashException>(() => scene.TriggerAsync(doomed, Path));
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        await scene.TriggerAsync(scene.World.StartWorker(), Path);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        Assert.Equal(JobStatus.CompletedWithErrors, Assert.Single(await scene.World.JobsAsync()).Status);
        Assert.Empty(await scene.NamesInAsync(StorageNames.Containers.Imports));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_file_that_no_trigger_reports_is_found_by_the_timer()
    {
        await using var scene = await ImportScene.SetAsync(users: 1);
        await scene.DropAsync(Path, ImportScene.FileOf(ImportScene.Row(scene.Users[0])));

        await scene.ReconcileAsync(scene.World.StartWorker());
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        Assert.Equal(scene.Users, await scene.World.HoldersAsync(scene.Code));
        Assert.Empty(await scene.NamesInAsync(StorageNames.Containers.Imports));
        Assert.Empty(await scene.World.CheckAsync());
    }
}
