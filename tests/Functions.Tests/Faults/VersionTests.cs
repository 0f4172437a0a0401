using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Jobs;
using CertFunctions.Core.Lms;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Operations.Checking;
using CertFunctions.TestWorlds.Faults;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>An app meets what an older one has left, or a newer one that was taken back.</summary>
public sealed class VersionTests
{
    private static readonly string Files = Path.Combine(TestFolders.Repository, "tests/Functions.Tests/Storage/Jobs/Version1");
    private static readonly JobId Id = JobId.Parse("fe5df30082ff88c9b0b1bf8439b89335");

    [Fact]
    public async Task A_job_that_was_in_mid_flight_when_version_1_was_replaced_is_carried_out()
    {
        await using var world = await StoreOfVersion1Async();

        await world.Queues.RunToEndAsync(world.StartWorker());
        world.Time.Advance(TimeSpan.FromMinutes(4));
        await world.StartWorker().Get<Functions.Jobs.SweepJobs>().Run(null!, CancellationToken.None);
        await world.Queues.RunToEndAsync(world.StartWorker());

        var job = Assert.Single(await world.JobsAsync());
        Assert.Equal((JobStatus.Completed, new JobCounts(Awarded: 4)), (job.Status, job.Counts));

        // The files begin behind the request, which the audit would tell of.
        Assert.Contains("Audit: nothing is said of jobs/", Assert.Single(await world.CheckAsync()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_tasks_that_a_newer_app_wrote_is_left_to_it()
    {
        await using var world = await StoreOfVersion1Async();
        await PutAsync(world, "manifest.runs.json", BinaryData.FromString("""{"Version":3,"Runs":[]}"""));
        var worker = world.StartWorker();
        var run = Assert.Single(await world.Queues.TakeAsync());

        foreach (var queue in new[] { StorageNames.Queues.JobRuns, StorageNames.Queues.JobRunsPoison })
        {
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => worker.HandleAsync(run with { Queue = queue }));
            Assert.Contains("version 3", refusal.Message, StringComparison.Ordinal);
        }

        Assert.Equal(JobStatus.Running, Assert.Single(await world.JobsAsync()).Status);
    }

    /// <summary>It does not say where the users are: who is not found there would count as missing.</summary>
    [Fact]
    public async Task Nobody_is_looked_for_in_a_list_of_tasks_that_an_older_app_wrote()
    {
        await using var world = await StoreOfVersion1Async();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await world.StartWorker().Get<IManifestStore>().ReadUsersAsync(Id, "manifest", null, CancellationToken.None).ToListAsync());

        Assert.Contains("older app", refusal.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Newer => new()
    {
        { StorageNames.Queues.JobRuns, """{"v":2,"job":"fe5df30082ff88c9b0b1bf8439b89335","runs":[0,1]}""" },
        { StorageNames.Queues.JobSteps, """{"v":2,"jobId":"fe5df30082ff88c9b0b1bf8439b89335"}""" },
        { StorageNames.Queues.WebhookMessages, $$"""{"v":2,"message":"{{WebhookKey.Of("m-1")}}"}""" },
    };

    [Theory]
    [MemberData(nameof(Newer))]
    public async Task A_message_of_a_newer_app_waits_in_its_queue_for_it(string queue, string text)
    {
        await using var world = await World.CreateAsync();
        var worker = world.StartWorker();
        await Assert.ThrowsAsync<FormatException>(() => worker.HandleAsync(new QueuedMessage(queue, text)));

        await worker.HandleAsync(new QueuedMessage($"{queue}-poison", text));

        Assert.Equal(1, (await world.Storage.Queue(queue).GetPropertiesAsync()).Value.ApproximateMessagesCount);
        Assert.Empty(await world.Queues.TakeAsync());
    }

    /// <summary>A job for four people in two runs, as the app of version 1 left it after it had sent the first.</summary>
    private static async Task<World> StoreOfVersion1Async()
    {
        var world = await World.CreateAsync();
        await world.Seed.AddUsersAsync(File.ReadLines(Path.Combine(Files, "manifest")).Select(LmsId.Parse));
        await world.Seed.AddCertificationAsync("FIRE-1");
        var table = world.Storage.Table(StorageNames.Tables.Jobs);
        await table.AddEntityAsync(new TableEntity(JobKeys.Partition, $"A!{Id}"));
        await table.AddEntityAsync(new TableEntity(JobKeys.Partition, $"J!{Id}")
        {
            ["kind"] = "Award",
            ["status"] = "Running",
            ["requestedBy"] = "local-developer",
            ["job0"] = await File.ReadAllBytesAsync(Path.Combine(Files, "job.json")),
        });
        foreach (var name in new[] { "manifest", "manifest.runs.json" })
        {
            await PutAsync(world, name, BinaryData.FromBytes(await File.ReadAllBytesAsync(Path.Combine(Files, name))));
        }

        await world.Queues.SendAsync(StorageNames.Queues.JobRuns, await File.ReadAllTextAsync(Path.Combine(Files, "run.message.json")));
        return world;
    }

    private static async Task PutAsync(World world, string name, BinaryData content) =>
        await world.Storage.Container(StorageNames.Containers.Jobs).GetBlobClient($"{Id}/{name}").UploadAsync(content, overwrite: true);
}
