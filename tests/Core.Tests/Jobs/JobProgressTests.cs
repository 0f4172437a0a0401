using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class JobProgressTests
{
    private readonly JobWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_says_why_it_waits_until_a_run_of_it_has_moved()
    {
        var id = await ExpandedAsync();
        await world.Progress.NoteTroubleAsync(id, "storage_unavailable", "It did not answer.", Cancellation);
        Assert.Equal(("storage_unavailable", world.Clock.Now), ((await world.JobAsync(id)).Trouble?.Code, (await world.JobAsync(id)).Trouble!.At));

        world.Time.Advance(TimeSpan.FromSeconds(1));
        await world.Runs.ProcessAsync(id, 0, Cancellation);

        Assert.Null((await world.JobAsync(id)).Trouble);
    }

    [Fact]
    public async Task A_selection_that_is_resolved_after_all_has_no_trouble_any_more()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(101)))).Job.Id;
        await world.Progress.NoteTroubleAsync(id, "processing_failed", "It failed.", Cancellation);
        Assert.Equal("processing_failed", (await world.JobAsync(id)).Trouble?.Code);

        await world.Steps.AdvanceAsync(id, Cancellation);

        Assert.Null((await world.JobAsync(id)).Trouble);
    }

    [Fact]
    public async Task The_same_trouble_is_noted_once_a_minute_and_another_at_once()
    {
        var id = await ExpandedAsync();
        await NoteAsync("a");
        var first = await RevisionAsync(id);
        world.Time.Advance(JobTrouble.NotedFor - TimeSpan.FromTicks(1));
        await NoteAsync("a");
        Assert.Equal(first, await RevisionAsync(id));

        world.Time.Advance(TimeSpan.FromTicks(1));
        await NoteAsync("a");
        var second = await RevisionAsync(id);
        await NoteAsync("b");

        Assert.NotEqual(first, second);
        Assert.NotEqual(second, await RevisionAsync(id));

        Task NoteAsync(string code) => world.Progress.NoteTroubleAsync(id, code, code, Cancellation);
    }

    [Fact]
    public async Task A_job_that_has_ended_has_no_trouble()
    {
        var id = await ExpandedAsync();
        await world.Progress.NoteTroubleAsync(id, "storage_unavailable", "It did not answer.", Cancellation);
        await world.DeliverAllAsync();

        await world.Progress.NoteTroubleAsync(id, "storage_unavailable", "It did not answer.", Cancellation);

        var job = await world.JobAsync(id);
        Assert.Equal((JobStatus.Completed, null), (job.Status, job.Trouble));
    }

    private async Task<JobId> ExpandedAsync()
    {
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(101)))).Job.Id;
        world.Queue.Steps.Clear();
        await world.Steps.AdvanceAsync(id, Cancellation);
        return id;
    }

    private async Task<string> RevisionAsync(JobId id) => (await world.Jobs.FindAsync(id, Cancellation))!.Revision;
}
