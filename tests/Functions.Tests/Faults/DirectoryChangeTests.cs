using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

public sealed class DirectoryChangeTests
{
    [Theory]
    [InlineData(false, true)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    [InlineData(true, false)]
    public async Task A_user_who_is_renamed_or_deactivated_while_a_run_holds_the_former_state_is_shown_so_everywhere(bool sent, bool active)
    {
        await using var scene = await RequestScene.SetAsync(101);
        await scene.PostAsync(scene.World.StartWorker());
        await scene.World.Queues.DeliverAsync(scene.World.StartWorker(), Assert.Single(await scene.World.Queues.TakeAsync()));
        await scene.World.Queues.TakeAsync();
        var job = Assert.Single(await scene.World.JobsAsync());
        var gate = new Gate();
        var slow = scene.World.StartWorker();
        slow.Storage.OnCall = async call => gate.Reached.IsCompleted || !await call.IsTransactionOfAsync(StorageNames.Tables.Awards) ? null
            : sent ? Fault.HoldAfter(gate) : Fault.HoldBefore(gate);

        var run = scene.World.Queues.DeliverAsync(slow, scene.World.Queues.PendingRun(job.Id, 0));
        await gate.Reached;
        var user = Seed.IdsIn(Shard.Numbered(5), 50)[0];
        var users = scene.World.StartWorker().Get<UserService>();
        await (active
            ? users.PutAsync(user, new UserEdit("zoe", "Zoe", "New", null, null, null), Precondition.None, null, By.Hand, CancellationToken.None)
            : users.DeactivateAsync(user, Precondition.None, By.Hand, CancellationToken.None));
        gate.Open();
        await run;
        await scene.World.Queues.RunToEndAsync(slow);

        Assert.Empty(await scene.FindDifferencesAsync());
    }

    [Fact]
    public async Task A_user_deactivated_before_the_run_is_refused()
    {
        await using var scene = await SetExpandedAsync();
        await scene.World.StartWorker().Get<UserService>().DeactivateAsync(
            Seed.IdsIn(Shard.Numbered(5), 1)[0], Precondition.None, By.Hand, CancellationToken.None);

        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var job = Assert.Single(await scene.World.JobsAsync());
        Assert.Equal((JobStatus.CompletedWithErrors, new JobCounts(Awarded: 100, Failed: 1)), (job.Status, job.Counts));
        Assert.Empty(await scene.World.CheckAsync());
    }

    [Fact]
    public async Task A_certification_archived_before_the_runs_awards_nobody()
    {
        await using var scene = await SetExpandedAsync();
        await scene.World.StartWorker().Get<CertificationService>().ArchiveAsync(scene.Code, Precondition.None, By.Hand, CancellationToken.None);

        await scene.World.Queues.RunToEndAsync(scene.World.StartWorker());

        var job = Assert.Single(await scene.World.JobsAsync());
        Assert.Equal((JobStatus.CompletedWithErrors, new JobCounts(Failed: 101)), (job.Status, job.Counts));
        Assert.Empty(await scene.World.HoldersAsync(scene.Code));
        Assert.Empty(await scene.World.CheckAsync());
    }

    private static async Task<RequestScene> SetExpandedAsync()
    {
        var scene = await RequestScene.SetAsync(101);
        await scene.PostAsync(scene.World.StartWorker());
        await scene.World.Queues.DeliverAsync(scene.World.StartWorker(), Assert.Single(await scene.World.Queues.TakeAsync()));
        return scene;
    }
}
