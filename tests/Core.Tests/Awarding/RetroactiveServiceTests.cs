using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Awarding;

public sealed class RetroactiveServiceTests
{
    private static readonly Activity Course = new(ActivityType.Course, Sample.Id("C-101"));

    private readonly JobWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(101)]
    public async Task Awards_whoever_completed_it_before_and_nobody_a_second_time(int count)
    {
        await CompleteAsync(world.AddUsers(count));
        await LinkAsync();

        var first = await AwardAsync();
        Assert.Equal((JobStatus.Completed, count, new JobCounts(Awarded: count)), (first.Status, first.Total, first.Counts));
        Assert.Equal(count, await world.HoldersAsync());

        var second = await AwardAsync();
        Assert.Equal((JobStatus.Completed, 0, JobCounts.None), (second.Status, second.Total, second.Counts));
        Assert.Equal(count, await world.HoldersAsync());
    }

    [Fact]
    public async Task The_award_is_issued_on_the_day_of_the_completion_and_comes_from_the_job()
    {
        var ids = world.AddUsers(1);
        await CompleteAsync(ids);
        await LinkAsync();

        var job = await AwardAsync();

        var award = (await world.Awards.FindAsync(JobWorld.Fire, ids[0], Cancellation))!.Award;
        Assert.Equal((new DateOnly(2026, 1, 5), new DateOnly(2028, 1, 5)), (award.IssuedOn, award.ExpiresOn));
        Assert.Equal((job.Id, "tester"), (award.Change.Origin!.JobId, award.AwardedBy));
        Assert.Equal(new Association(AssociationType.Completion, ActivityType.Course, Course.Id, "Fire"), award.Association);
    }

    [Fact]
    public async Task Whoever_is_deactivated_fails_and_can_be_awarded_another_day()
    {
        var ids = world.AddUsers(3);
        await CompleteAsync(ids);
        await LinkAsync();
        world.Users.Add(JobWorld.UserOf(ids[1]) with { Active = false });

        var job = await AwardAsync();

        Assert.Equal((JobStatus.CompletedWithErrors, new JobCounts(Awarded: 2, Failed: 1)), (job.Status, job.Counts));
        var failed = Assert.Single((await world.Results.ListAsync(job.Id, ChangeOutcome.Failed, new PageRequest(50, null), Cancellation)).Items);
        Assert.Equal((ids[1], "user_deactivated"), (failed.UserId, failed.Code));
        world.Users.Add(JobWorld.UserOf(ids[1]));
        Assert.Equal(new JobCounts(Awarded: 1), (await AwardAsync()).Counts);
    }

    [Fact]
    public async Task What_was_unassigned_after_it_was_used_is_not_awarded_again()
    {
        var ids = world.AddUsers(2);
        await CompleteAsync(ids);
        await LinkAsync();
        await AwardAsync();
        var held = await world.Awards.FindAsync(JobWorld.Fire, ids[0], Cancellation);
        await world.Awards.TryWriteAsync(AwardSamples.Revocation(held!), Cancellation);

        Assert.Equal(0, (await AwardAsync()).Total);
        Assert.Equal(1, await world.HoldersAsync());
    }

    [Fact]
    public async Task What_a_message_used_meanwhile_is_already_done()
    {
        var ids = world.AddUsers(2);
        await CompleteAsync(ids);
        await LinkAsync();
        var job = await AskAsync();
        Assert.True(world.Queue.Steps.TryDequeue(out var expansion));
        await world.Steps.AdvanceAsync(expansion, Cancellation);
        var skip = new AwardWrite(ids[0], AwardSamples.ShownOf(ids[0]), null, null) { Completions = [new CompletionMark(JobWorld.Fire, CompletedBy(ids[0]))] };
        await world.Awards.TryWriteAsync(skip, Cancellation);

        await world.DeliverAllAsync();

        Assert.Equal(new JobCounts(Awarded: 1, Skipped: 1), (await world.JobAsync(job.Id)).Counts);
        var skipped = Assert.Single((await world.Results.ListAsync(job.Id, ChangeOutcome.Skipped, new PageRequest(50, null), Cancellation)).Items);
        Assert.Equal("already_done", skipped.Code);
    }

    [Fact]
    public async Task A_certification_that_was_archived_meanwhile_awards_nobody()
    {
        await CompleteAsync(world.AddUsers(2));
        await LinkAsync();
        var job = await AskAsync();
        await LinkAsync(CertificationStatus.Archived);

        await world.DeliverAllAsync();

        Assert.Equal(new JobCounts(Failed: 2), (await world.JobAsync(job.Id)).Counts);
        Assert.Equal(0, await world.HoldersAsync());
    }

    [Fact]
    public async Task An_activity_that_was_unlinked_meanwhile_awards_nobody_and_its_completions_stay_unused()
    {
        await CompleteAsync(world.AddUsers(2));
        await LinkAsync();
        var job = await AskAsync();
        Assert.True(world.Queue.Steps.TryDequeue(out var expansion));
        await world.Steps.AdvanceAsync(expansion, Cancellation);
        var fire = (await world.Certifications.FindAsync(JobWorld.Fire, Cancellation))!.Certification;
        world.Certifications.Add(fire with { Activities = [] });

        await world.DeliverAllAsync();

        Assert.Equal(new JobCounts(Skipped: 2), (await world.JobAsync(job.Id)).Counts);
        var results = await world.Results.ListAsync(job.Id, null, new PageRequest(50, null), Cancellation);
        Assert.All(results.Items, result => Assert.Equal("not_listed", result.Code));
        Assert.Equal(0, await world.HoldersAsync());
        await LinkAsync();
        Assert.Equal(new JobCounts(Awarded: 2), (await AwardAsync()).Counts);
    }

    [Fact]
    public async Task The_same_id_again_is_the_same_job()
    {
        await CompleteAsync(world.AddUsers(2));
        await LinkAsync();
        var id = JobId.New(world.Clock.Now);

        await AskAsync(id);
        await LinkAsync(CertificationStatus.Archived);
        Assert.Equal(id, (await AskAsync(id)).Id);
        await LinkAsync();
        await world.DeliverAllAsync();

        Assert.Equal(new JobCounts(Awarded: 2), (await world.JobAsync(id)).Counts);
        Assert.Equal(JobStatus.Completed, (await AskAsync(id)).Status);
        Assert.Empty(world.Queue.Steps);
    }

    [Fact]
    public async Task An_unknown_or_archived_certification_is_refused()
    {
        await LinkAsync(CertificationStatus.Archived);

        Assert.Equal("certification_archived", (await RefusedAsync("FIRE-1")).Code);
        Assert.Equal((RejectionKind.NotFound, "certification_not_found"), ((await RefusedAsync("NONE")).Kind, (await RefusedAsync("NONE")).Code));
        Assert.Empty(world.Queue.Steps);
    }

    private static Completion CompletedBy(LmsId userId) => new(userId, Course, "Fire", new DateOnly(2026, 1, 5));

    private async Task CompleteAsync(IEnumerable<LmsId> userIds)
    {
        foreach (var userId in userIds)
        {
            await world.Completions.KeepAsync(CompletedBy(userId), AwardSamples.Provenance, Cancellation);
        }
    }

    private async Task LinkAsync(CertificationStatus status = CertificationStatus.Active)
    {
        var fire = (await world.Certifications.FindAsync(JobWorld.Fire, Cancellation))!.Certification;
        world.Certifications.Add(fire with { Activities = [Course], Status = status });
    }

    private async Task<Job> AskAsync(JobId? id = null) => Assert.IsType<Outcome<BegunJob>.Done>(
        await world.Retroactive.AwardAsync(JobWorld.Fire, new RetroactiveRequest(), "tester", new ReservedJobId(id ?? JobId.New(world.Clock.Now), IsNew: false), Cancellation)).Value.Job;

    private async Task<Rejection> RefusedAsync(string code) => Assert.IsType<Outcome<BegunJob>.Rejected>(
        await world.Retroactive.AwardAsync(CertificationCode.Parse(code), new RetroactiveRequest(), "tester", new ReservedJobId(JobId.New(world.Clock.Now), IsNew: false), Cancellation)).Why;

    private async Task<Job> AwardAsync()
    {
        var job = await AskAsync();
        await world.DeliverAllAsync();
        return await world.JobAsync(job.Id);
    }
}
