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

    [Theory]
    [InlineData(Limits.WriteAttempts - 1, false)]
    [InlineData(Limits.WriteAttempts, true)]
    public async Task Gives_up_on_a_job_that_others_write_again_and_again(int times, bool givesUp)
    {
        foreach (var write in new Func<JobId, Task>[] { NoteAsync, CompleteAsync, FailAsync })
        {
            var id = await ExpandedAsync();
            Overtake(id, times);
            Assert.Equal(givesUp, await Record.ExceptionAsync(() => write(id)) is TimeoutException);
            world.Jobs.BeforeReplacing = null;
        }

        Task NoteAsync(JobId id) => world.Progress.NoteTroubleAsync(id, "processing_failed", "It failed.", Cancellation);

        async Task CompleteAsync(JobId id) => await world.Progress.CompleteAsync((await world.Jobs.FindAsync(id, Cancellation))!, [], Cancellation);

        Task FailAsync(JobId id) => world.Progress.FailAsync(id, "job_failed", "given up", Cancellation);
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

    /// <summary>So many writes of the job come too late.</summary>
    private void Overtake(JobId id, int times) => world.Jobs.BeforeReplacing = times == 0 ? null : async () =>
    {
        var stored = (await world.Jobs.FindAsync(id, Cancellation))!;
        await world.Jobs.TryReplaceAsync(stored.Job with { Resends = times }, stored, null, Cancellation);
        Overtake(id, times - 1);
    };
}
