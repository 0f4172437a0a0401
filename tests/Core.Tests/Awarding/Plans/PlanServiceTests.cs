using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Awarding.Plans;

public sealed class PlanServiceTests
{
    private readonly JobWorld world = new();

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(101)]
    [InlineData(2_500)]
    public async Task A_plan_awards_nobody_and_carried_out_comes_to_what_it_says(int count)
    {
        var ids = world.AddUsers(count);
        world.Users.Add(JobWorld.UserOf(ids[^1]) with { Active = false });
        await AwardAsync(ids.Take(count / 10), "2026-01-01");
        var held = await world.HoldersAsync();

        var plan = await PlanAsync(ids);
        var planned = await ResultsAsync(plan.Id);
        var heldAfter = await world.HoldersAsync();
        var job = await ApplyAsync(plan.Id);

        Assert.Equal((JobKind.Plan, JobKind.Award, plan.Id), (plan.Kind, job.Kind, job.PlanId));
        Assert.Equal(held, heldAfter);
        Assert.Equal((plan.Status, plan.Counts, count), (job.Status, job.Counts, job.Counts.Processed));
        Assert.Equal(planned.Select(Said), (await ResultsAsync(job.Id)).Select(Said));
        Assert.Equal(count - 1, await world.HoldersAsync());
        Assert.All(planned, result => Assert.Equal(result.Outcome is ChangeOutcome.Failed ? null : new DateOnly(2026, 11, 24), result.Planned!.IssuedOn));
        Assert.All(planned, result => Assert.Null(result.Version));
    }

    [Fact]
    public async Task Applied_again_it_is_the_same_job()
    {
        var plan = await PlanAsync(world.AddUsers(300));

        var first = await ApplyAsync(plan.Id);
        var second = await ApplyAsync(plan.Id);

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(300, await world.HoldersAsync());
    }

    [Fact]
    public async Task A_plan_that_is_carried_out_is_not_retried()
    {
        var plan = await PlanAsync([.. world.AddUsers(200), LmsId.Parse("nobody")]);
        await ApplyAsync(plan.Id);

        var retried = await world.Control.RetryAsync(plan.Id, "ada", Cancellation);

        Assert.Equal("job_state_conflict", retried.IsDone(out _, out var why) ? null : why.Code);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(101)]
    public async Task A_plan_that_rests_on_what_has_changed_since_is_not_carried_out(int count)
    {
        var ids = world.AddUsers(count);
        var plan = await PlanAsync(ids);
        foreach (var id in ids.Take(12))
        {
            world.Users.Add(JobWorld.UserOf(id) with { Active = false });
        }

        var (code, detail) = await RefusedAsync(plan.Id);

        Assert.Equal("plan_outdated", code);
        Assert.StartsWith($"12 of {count} rows", detail, StringComparison.Ordinal);
        Assert.Equal(PlanCheck.MostNamed, ids.Take(12).Count(id => detail.Contains($" {id},", StringComparison.Ordinal)));
        Assert.Equal(0, await world.HoldersAsync());
    }

    [Theory]
    [InlineData(50)]
    [InlineData(150)]
    public async Task What_was_awarded_or_edited_since_outdates_a_plan(int count)
    {
        var ids = world.AddUsers(count);
        var plan = await PlanAsync(ids);
        await AwardAsync(ids.Take(1), "2026-01-01");

        Assert.Equal("plan_outdated", (await RefusedAsync(plan.Id)).Code);

        var again = await PlanAsync(ids);
        var fire = (await world.Certifications.FindAsync(JobWorld.Fire, Cancellation))!.Certification;
        world.Certifications.Add(fire with { Version = 2, Title = "Warden" });
        Assert.Equal("plan_outdated", (await RefusedAsync(again.Id)).Code);
        Assert.Equal(1, await world.HoldersAsync());
    }

    [Fact]
    public async Task A_plan_needs_no_confirmation_and_neither_does_carrying_it_out()
    {
        var small = new JobWorld(confirmAbove: 50);
        var ids = small.AddUsers(120);
        var outcome = await small.Awarding.AwardAsync(
            JobWorld.Fire, JobWorld.Request(ids) with { IsPlan = true }, "ada", new ReservedJobId(JobId.New(small.Clock.Now), IsNew: true), Cancellation);
        await small.DeliverAllAsync();
        Assert.True(outcome.IsDone(out var plan, out _));

        await small.Plans.ApplyAsync(plan.Job.Id, "ada", JobId.New(small.Clock.Now), Cancellation);
        await small.DeliverAllAsync();

        Assert.Equal(120, await small.HoldersAsync());
    }

    [Fact]
    public async Task What_is_no_plan_or_has_not_ended_well_cannot_be_applied()
    {
        var award = await world.AwardAsync(JobWorld.Request(world.AddUsers(3)));
        var running = await AskAsync(world.AddUsers(200));

        Assert.Equal("job_state_conflict", (await RefusedAsync(award.Job.Id)).Code);
        var refused = await world.Plans.ApplyAsync(running.Id, "ada", JobId.New(world.Clock.Now), Cancellation);
        Assert.Equal("job_state_conflict", refused.IsDone(out _, out var why) ? null : why.Code);
        var unknown = await world.Plans.ApplyAsync(JobId.New(world.Clock.Now), "ada", JobId.New(world.Clock.Now), Cancellation);
        Assert.Equal("job_not_found", unknown.IsDone(out _, out why) ? null : why.Code);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static (LmsId?, ChangeOutcome, string?) Said(JobResult result) => (result.UserId, result.Outcome, result.Code);

    private async Task AwardAsync(IEnumerable<LmsId> ids, string issuedOn)
    {
        var request = JobWorld.Request([.. ids]) with { Terms = new AwardTerms(DateOnly.Parse(issuedOn, null), null, false, Association.Manual), ConfirmUsers = ids.Count() };
        await (ids.Any() ? world.AwardAsync(request) : Task.CompletedTask);
        await world.DeliverAllAsync();
    }

    private async Task<Job> AskAsync(IReadOnlyList<LmsId> ids) => (await world.AwardAsync(JobWorld.Request(ids) with { IsPlan = true })).Job;

    private async Task<Job> PlanAsync(IReadOnlyList<LmsId> ids)
    {
        var plan = await AskAsync(ids);
        await world.DeliverAllAsync();
        return await world.JobAsync(plan.Id);
    }

    private async Task<Job> ApplyAsync(JobId plan)
    {
        var outcome = await world.Plans.ApplyAsync(plan, "ada", JobId.New(world.Clock.Now), Cancellation);
        Assert.True(outcome.IsDone(out var begun, out var why), why?.Detail);
        await world.DeliverAllAsync();
        return await world.JobAsync(begun.Job.Id);
    }

    /// <summary>Up to 100 rows are refused before the answer, more as a job that fails.</summary>
    private async Task<(string? Code, string Detail)> RefusedAsync(JobId plan)
    {
        var outcome = await world.Plans.ApplyAsync(plan, "ada", JobId.New(world.Clock.Now), Cancellation);
        if (!outcome.IsDone(out var begun, out var why))
        {
            return (why.Code, why.Detail);
        }

        await world.DeliverAllAsync();
        var job = await world.JobAsync(begun.Job.Id);
        return (job.Error?.Code, job.Error?.Detail ?? job.Status.ToString());
    }

    private async Task<List<JobResult>> ResultsAsync(JobId id) =>
        [.. (await CertFunctions.Testing.Walk.AllAsync(200, page => world.Results.ListAsync(id, null, page, Cancellation))).OrderBy(result => result.UserId!.Value, StringComparer.Ordinal)];
}
