using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Awarding.Undoing;

public sealed class UndoServiceTests
{
    private readonly JobWorld world = new();

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(900)]
    public async Task What_a_job_awarded_and_renewed_is_as_it_was(int count)
    {
        var ids = world.AddUsers(count);
        await AwardAsync(ids.Take(count / 3), new DateOnly(2025, 1, 1));
        var before = await StateAsync(ids);
        var job = await AwardAsync(ids, new DateOnly(2026, 11, 24));

        var undo = await UndoAsync(job.Id);

        Assert.Equal((JobKind.Undo, JobStatus.Completed, count), (undo.Kind, undo.Status, undo.Total));
        Assert.Equal(new JobCounts(Updated: count / 3, Revoked: count - (count / 3)), undo.Counts);
        Assert.Equal(before, await StateAsync(ids));
        Assert.Equal(count / 3, await world.HoldersAsync());
    }

    [Fact]
    public async Task Undone_twice_nothing_more_changes_and_the_undo_can_be_undone()
    {
        var ids = world.AddUsers(150);
        await AwardAsync(ids.Take(50), new DateOnly(2025, 1, 1));
        var job = await AwardAsync(ids, new DateOnly(2026, 11, 24));
        var awarded = await StateAsync(ids);
        var undo = await UndoAsync(job.Id);
        var undone = await StateAsync(ids);

        var again = await UndoAsync(job.Id);
        Assert.Equal(new JobCounts(Skipped: 150), again.Counts);
        Assert.Equal(undone, await StateAsync(ids));

        var redo = await UndoAsync(undo.Id);
        Assert.Equal(new JobCounts(Awarded: 100, Updated: 50), redo.Counts);
        Assert.Equal(awarded, await StateAsync(ids));
    }

    [Fact]
    public async Task What_somebody_changed_since_stays()
    {
        var ids = world.AddUsers(120);
        var job = await AwardAsync(ids, new DateOnly(2026, 11, 24));
        await AwardAsync(ids.Take(5), new DateOnly(2027, 1, 1));

        var undo = await UndoAsync(job.Id);

        Assert.Equal(new JobCounts(Revoked: 115, Skipped: 5), undo.Counts);
        Assert.Equal(5, await world.HoldersAsync());
        var left = await Walk.AllAsync(200, page => world.Results.ListAsync(undo.Id, ChangeOutcome.Skipped, page, Cancellation));
        Assert.All(left, result => Assert.Equal("changed_since", result.Code));
    }

    [Fact]
    public async Task A_plan_of_an_undo_changes_nothing_and_can_be_carried_out()
    {
        var ids = world.AddUsers(130);
        var job = await AwardAsync(ids, new DateOnly(2026, 11, 24));
        var before = await StateAsync(ids);

        var plan = await UndoAsync(job.Id, isPlan: true);
        Assert.Equal((JobKind.Plan, new JobCounts(Revoked: 130)), (plan.Kind, plan.Counts));
        Assert.Equal(before, await StateAsync(ids));

        var applied = await world.Plans.ApplyAsync(plan.Id, "ada", JobId.New(world.Clock.Now), Cancellation);
        Assert.True(applied.IsDone(out var begun, out _));
        await world.DeliverAllAsync();
        var undo = await world.JobAsync(begun.Job.Id);
        Assert.Equal((JobKind.Undo, plan.Counts, job.Id), (undo.Kind, undo.Counts, undo.Work.Undoes));
        Assert.Equal(0, await world.HoldersAsync());
    }

    [Theory]
    [InlineData(null, "confirmation_required")]
    [InlineData(119, "confirmation_mismatch")]
    [InlineData(120, null)]
    public async Task A_large_undo_is_confirmed(int? confirmUsers, string? code)
    {
        var small = new JobWorld(confirmAbove: 100);
        var awarded = await small.AwardAsync(JobWorld.Request(small.AddUsers(120)) with { ConfirmUsers = 120 });
        await small.DeliverAllAsync();

        var outcome = await small.Undoing.UndoAsync(
            awarded.Job.Id, new UndoRequest(false, confirmUsers, null), "ada", new ReservedJobId(JobId.New(small.Clock.Now), IsNew: true), Cancellation);
        await small.DeliverAllAsync();

        var refused = outcome.IsDone(out var begun, out var why) ? (await small.JobAsync(begun.Job.Id)).Error?.Code : why.Code;
        Assert.Equal((code, code is null ? 0 : 120), (refused, await small.HoldersAsync()));
    }

    [Fact]
    public async Task What_has_not_ended_or_changed_nothing_that_can_be_put_back_is_not_undone()
    {
        var running = await world.AwardAsync(JobWorld.Request(world.AddUsers(200)));
        Assert.Equal("job_state_conflict", await WhyAsync(running.Job.Id));
        await world.DeliverAllAsync();
        var plan = await world.AwardAsync(JobWorld.Request(world.AddUsers(3)) with { IsPlan = true });
        Assert.Equal("job_state_conflict", await WhyAsync(plan.Job.Id));
        Assert.Equal("job_not_found", await WhyAsync(JobId.New(world.Clock.Now)));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<string?> WhyAsync(JobId id) =>
        (await world.Undoing.UndoAsync(id, new UndoRequest(false, null, null), "ada", new ReservedJobId(JobId.New(world.Clock.Now), IsNew: true), Cancellation))
        .IsDone(out _, out var why) ? null : why.Code;

    private async Task<Job> AwardAsync(IEnumerable<LmsId> ids, DateOnly issuedOn)
    {
        var request = JobWorld.Request([.. ids]) with { Terms = new AwardTerms(issuedOn, null, false, Association.Manual), ConfirmUsers = ids.Count() };
        if (!ids.Any())
        {
            return null!;
        }

        var begun = await world.AwardAsync(request);
        await world.DeliverAllAsync();
        return await world.JobAsync(begun.Job.Id);
    }

    private async Task<Job> UndoAsync(JobId id, bool isPlan = false)
    {
        var outcome = await world.Undoing.UndoAsync(
            id, new UndoRequest(isPlan, null, "a mistake"), "ada", new ReservedJobId(JobId.New(world.Clock.Now), IsNew: true), Cancellation);
        Assert.True(outcome.IsDone(out var begun, out var why), why?.Detail);
        await world.DeliverAllAsync();
        return await world.JobAsync(begun.Job.Id);
    }

    /// <summary>All that is public of what each holds, but for the version and what made it.</summary>
    private async Task<List<string>> StateAsync(IEnumerable<LmsId> ids)
    {
        var found = await Task.WhenAll(ids.Select(id => world.Awards.FindAsync(JobWorld.Fire, id, Cancellation)));
        return [.. found.Select(stored => stored is { Award.Held: true }
            ? $"{stored.Award.UserId} {stored.Award.IssuedOn:O} {stored.Award.ExpiresOn:O} {stored.Award.Association} {stored.Award.AwardedBy} {stored.Award.AwardedAt:O} {stored.Award.JobId}"
            : "none")];
    }
}
