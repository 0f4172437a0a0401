using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Tests.Ingestion;
using CertFunctions.Operations.Checking;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class PoisonTests
{
    public static TheoryData<string> Unreadable =>
    [
        "",
        "{",
        "null",
        "not json",
        """{"v":1,"jobId":"no id"}""",
        """{"v":1,"jobId":"00000000000000000000000000000000","run":-1}""",
        """{"v":1,"jobId":"00000000000000000000000000000000","run":0}""",
        new string('x', 48 * 1024),
    ];

    [Theory]
    [MemberData(nameof(Unreadable), DisableDiscoveryEnumeration = true)]
    public async Task A_message_that_is_not_ours_ends_in_the_poison_queue_and_is_dropped_there(string text)
    {
        await using var scene = await RequestScene.SetAsync(101);
        await scene.PostAsync(scene.World.StartWorker());
        var worker = scene.World.StartWorker();
        foreach (var queue in new[] { StorageNames.Queues.JobSteps, StorageNames.Queues.JobRuns })
        {
            await Assert.ThrowsAnyAsync<Exception>(() => worker.HandleAsync(new QueuedMessage(queue, text)));
            await scene.World.Queues.DeliverAsync(worker, new QueuedMessage(queue, text));
        }

        await scene.World.Queues.RunToEndAsync(worker);

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task A_job_whose_list_of_users_is_lost_fails_with_a_reason()
    {
        await using var scene = await ExpandedAsync();
        await foreach (var blob in scene.World.Storage.Container(StorageNames.Containers.Jobs).GetBlobsAsync())
        {
            await scene.World.Storage.Container(StorageNames.Containers.Jobs).DeleteBlobAsync(blob.Name);
        }

        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var job = Assert.Single(await scene.World.JobsAsync());
        Assert.Equal((JobStatus.Failed, "manifest_missing"), (job.Status, job.Error?.Code));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_job_whose_selection_is_lost_fails_with_a_reason_and_awards_nobody()
    {
        await using var scene = await RequestScene.SetAsync(101);
        await scene.PostAsync(scene.World.StartWorker());
        var id = Assert.Single(await scene.World.JobsAsync()).Id;
        await scene.World.Storage.Container(StorageNames.Containers.Jobs).DeleteBlobAsync($"{id}/selection.json");

        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var job = Assert.Single(await scene.World.JobsAsync());
        Assert.Equal((JobStatus.Failed, "expansion_failed"), (job.Status, job.Error?.Code));
        Assert.Empty(await scene.World.HoldersAsync(scene.Code));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_run_that_is_given_up_counts_its_users_as_failed_and_ends_the_job()
    {
        await using var scene = await ExpandedAsync();

        // Which of the two lies first in the queue is chance.
        var run = Assert.Single(scene.World.Queues.Pending, message => message.Text.EndsWith("\"run\":0}", StringComparison.Ordinal));
        await scene.World.Queues.SendAsync(StorageNames.Queues.JobRunsPoison, run.Text);

        await scene.World.Queues.DeliverAsync(scene.World.StartWorker(), (await scene.World.Queues.TakeAsync())[^1]);
        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var job = Assert.Single(await scene.World.JobsAsync());
        Assert.Equal((JobStatus.CompletedWithErrors, new JobCounts(Awarded: 51, Failed: 50)), (job.Status, job.Counts));
        Assert.Equal(51, (await scene.World.HoldersAsync(scene.Code)).Count);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Theory]
    [InlineData(2_000, 150)]
    [InlineData(Limits.UsernameLength, RunSplitter.TasksPerRun)]
    public async Task A_run_whose_results_are_as_long_as_can_be_ends_with_all_of_them(int letters, int rows)
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        var job = await scene.ImportAsync("awards/a.csv", FileOfStrangers(letters, rows));

        Assert.Equal((JobStatus.CompletedWithErrors, new JobCounts(Failed: rows)), (job.Status, job.Counts));
        Assert.Equal(1 + rows, (await scene.ReportAsync(job)).Count);
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Theory]
    [InlineData(2_000, 150)]
    [InlineData(Limits.UsernameLength, RunSplitter.TasksPerRun)]
    public async Task A_run_that_is_given_up_ends_however_long_its_results_are(int letters, int rows)
    {
        await using var scene = await ImportScene.SetAsync(users: 2);
        await scene.DropAsync("awards/a.csv", FileOfStrangers(letters, rows));
        var worker = scene.World.StartWorker();
        await scene.TriggerAsync(worker, "awards/a.csv");
        await scene.World.Queues.DeliverAsync(worker, Assert.Single(await scene.World.Queues.TakeAsync()));
        var runs = await scene.World.Queues.TakeAsync();
        scene.World.Queues.Hide();
        foreach (var run in runs)
        {
            await scene.World.Queues.SendAsync(StorageNames.Queues.JobRunsPoison, run.Text);
        }

        await scene.World.Queues.RunToEndAsync(worker);

        var job = Assert.Single(await scene.World.JobsAsync());
        Assert.Equal((JobStatus.CompletedWithErrors, new JobCounts(Failed: rows)), (job.Status, job.Counts));
        Assert.All((await scene.ReportAsync(job)).Skip(1), row => Assert.Contains("run_failed", row));
        Assert.Empty(await scene.World.CheckAsync());
    }

    /// <summary>Nobody is called so; a letter takes six bytes in the JSON of a result.</summary>
    private static string FileOfStrangers(int letters, int rows) => ImportScene.FileOf(
        Enumerable.Range(0, rows).Select(row => $"{new string('ж', letters - 4)}{row:d4},FIRE-1,2026-11-02,1,manual,"));

    private static async Task<RequestScene> ExpandedAsync()
    {
        var scene = await RequestScene.SetAsync(101);
        await scene.PostAsync(scene.World.StartWorker());
        await scene.World.Queues.DeliverAsync(scene.World.StartWorker(), Assert.Single(await scene.World.Queues.TakeAsync()));
        await scene.World.Queues.TakeAsync();
        return scene;
    }
}
