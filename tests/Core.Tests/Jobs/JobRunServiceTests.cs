using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class JobRunServiceTests
{
    private readonly JobWorld world = new();

    [Fact]
    public async Task Ends_the_job_with_its_last_run()
    {
        var jobId = await ExpandedAsync(300);
        var runs = world.Queue.Runs.ToList();

        foreach (var (_, run) in runs.SkipLast(1))
        {
            await world.Runs.ProcessAsync(jobId, run, TestContext.Current.CancellationToken);
            Assert.Equal(JobStatus.Running, (await world.JobAsync(jobId)).Status);
        }

        await world.Runs.ProcessAsync(jobId, runs[^1].Run, TestContext.Current.CancellationToken);

        var job = await world.JobAsync(jobId);
        Assert.Equal((JobStatus.Completed, 300, 300), (job.Status, job.Counts.Awarded, job.Counts.Processed));
    }

    [Fact]
    public async Task Changes_nothing_when_a_message_is_delivered_again()
    {
        var jobId = await ExpandedAsync(150);
        var runs = world.Queue.Runs.ToList();
        foreach (var (_, run) in runs.Concat(runs).Reverse())
        {
            await world.Runs.ProcessAsync(jobId, run, TestContext.Current.CancellationToken);
        }

        Assert.Equal(150, (await world.JobAsync(jobId)).Counts.Awarded);
        Assert.Equal(150, await world.HoldersAsync());
        Assert.Equal(1, (await world.Awards.FindAsync(JobWorld.Fire, LmsId.Parse("u-0"), TestContext.Current.CancellationToken))!.Award.Version);
    }

    [Fact]
    public async Task Shows_live_counts_while_it_runs()
    {
        var jobId = await ExpandedAsync(300);

        await world.Runs.ProcessAsync(jobId, 0, TestContext.Current.CancellationToken);

        Assert.InRange((await world.JobAsync(jobId)).Counts.Processed, 1, 299);
    }

    [Fact]
    public async Task Counts_the_users_of_a_run_that_is_given_up_as_failed()
    {
        var jobId = await ExpandedAsync(300);
        var runs = world.Queue.Runs.ToList();
        await world.Runs.GiveUpAsync(jobId, runs[0].Run, "storage is broken", TestContext.Current.CancellationToken);
        await world.DeliverAllAsync();

        var job = await world.JobAsync(jobId);
        Assert.Equal((JobStatus.CompletedWithErrors, 300), (job.Status, job.Counts.Processed));
        Assert.InRange(job.Counts.Failed, 1, 299);
        Assert.Equal(300 - job.Counts.Failed, await world.HoldersAsync());
        var failed = await world.Results.ListAsync(jobId, ChangeOutcome.Failed, new PageRequest(200, null), TestContext.Current.CancellationToken);
        Assert.Equal(job.Counts.Failed, failed.Items.Count);
        Assert.All(failed.Items, result => Assert.Equal("run_failed", result.Code));
    }

    [Fact]
    public async Task Fails_the_whole_job_when_its_list_of_users_is_gone()
    {
        var jobId = await ExpandedAsync(300);
        var stored = (await world.Jobs.FindAsync(jobId, TestContext.Current.CancellationToken))!;
        await world.Jobs.TryReplaceAsync(stored.Job with { Manifest = "gone" }, stored, null, TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Runs.ProcessAsync(jobId, 0, TestContext.Current.CancellationToken));
        await world.Runs.GiveUpAsync(jobId, 0, "again and again", TestContext.Current.CancellationToken);

        var job = await world.JobAsync(jobId);
        Assert.Equal((JobStatus.Failed, "manifest_missing"), (job.Status, job.Error?.Code));
    }

    [Fact]
    public async Task A_job_that_fails_keeps_the_counts_of_what_it_has_done()
    {
        var jobId = await ExpandedAsync(300);
        await world.Runs.ProcessAsync(jobId, 0, TestContext.Current.CancellationToken);
        var done = (await world.JobAsync(jobId)).Counts;
        var stored = (await world.Jobs.FindAsync(jobId, TestContext.Current.CancellationToken))!;
        await world.Jobs.TryReplaceAsync(stored.Job with { Manifest = "gone" }, stored, null, TestContext.Current.CancellationToken);

        await world.Runs.GiveUpAsync(jobId, 1, "again and again", TestContext.Current.CancellationToken);

        var job = (await world.Jobs.FindAsync(jobId, TestContext.Current.CancellationToken))!.Job;
        Assert.Equal((JobStatus.Failed, await world.HoldersAsync()), (job.Status, job.Counts.Awarded));
        Assert.Equal(done, job.Counts);
        Assert.InRange(done.Awarded, 1, 299);
    }

    [Fact]
    public async Task Fails_who_was_deactivated_meanwhile_and_awards_the_others()
    {
        var jobId = await ExpandedAsync(150);
        world.Users.Add(JobWorld.UserOf(LmsId.Parse("u-7")) with { Active = false });
        await world.DeliverAllAsync();

        var job = await world.JobAsync(jobId);
        Assert.Equal((149, 1), (job.Counts.Awarded, job.Counts.Failed));
    }

    [Fact]
    public async Task Fails_everybody_once_the_certification_is_archived()
    {
        var jobId = await ExpandedAsync(150);
        var fire = (await world.Certifications.FindAsync(JobWorld.Fire, TestContext.Current.CancellationToken))!.Certification;
        world.Certifications.Add(fire with { Status = CertificationStatus.Archived });
        await world.DeliverAllAsync();

        Assert.Equal(150, (await world.JobAsync(jobId)).Counts.Failed);
        Assert.Equal(0, await world.HoldersAsync());
    }

    private async Task<JobId> ExpandedAsync(int users)
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(users)));
        Assert.True(world.Queue.Steps.TryDequeue(out var jobId));
        await world.Steps.AdvanceAsync(jobId, TestContext.Current.CancellationToken);
        return done.Job.Id;
    }
}
