using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Awarding;

public sealed class AwardUsersServiceTests
{
    private readonly JobWorld world = new();

    [Fact]
    public async Task Awards_a_hundred_users_before_it_answers()
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(100)));

        Assert.Equal(JobStatus.Completed, done.Job.Status);
        Assert.Equal((100, 100), (done.Job.Total, done.Job.Counts.Awarded));
        Assert.Equal(100, done.Results!.Count);
        Assert.Equal(100, await world.HoldersAsync());
        Assert.Empty(world.Queue.Runs);
    }

    [Fact]
    public async Task Queues_only_more_than_100_users()
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(101)));

        Assert.Equal((JobStatus.Queued, null), (done.Job.Status, done.Job.Total));
        Assert.Equal([done.Job.Id], world.Queue.Steps);
        Assert.Equal(0, await world.HoldersAsync());

        await world.DeliverAllAsync();

        var job = await world.JobAsync(done.Job.Id);
        Assert.Equal((JobStatus.Completed, 101, 101), (job.Status, job.Total, job.Counts.Awarded));
        Assert.Equal(101, await world.HoldersAsync());
    }

    [Fact]
    public async Task Awards_each_user_of_overlapping_sources_once()
    {
        var users = world.AddUsers(60);
        var group = world.AddGroup("g-1", users.Take(40));

        var done = await world.AwardAsync(JobWorld.Request([.. users.Skip(20), users[59]], group));

        Assert.Equal((60, 60), (done.Job.Total, done.Job.Counts.Awarded));
    }

    [Fact]
    public async Task Goes_to_the_background_above_200_sources()
    {
        var users = world.AddUsers(1);
        LmsId[] groups = [.. Enumerable.Range(0, Limits.SourcesCountedBeforeAnswer + 1).Select(n => world.AddGroup($"g-{n}", users))];

        Assert.Equal(JobStatus.Completed, (await world.AwardAsync(JobWorld.Request(null, groups[1..]))).Job.Status);
        Assert.Equal(JobStatus.Queued, (await world.AwardAsync(JobWorld.Request(null, groups))).Job.Status);
    }

    [Fact]
    public async Task Ends_with_nobody_awarded_when_a_group_is_empty()
    {
        var done = await world.AwardAsync(JobWorld.Request(null, world.AddGroup("g-1", [])));

        Assert.Equal((JobStatus.Completed, 0), (done.Job.Status, done.Job.Total));
        Assert.Empty(done.Results!);
    }

    [Fact]
    public async Task Reports_unknown_users_and_awards_the_others()
    {
        var done = await world.AwardAsync(JobWorld.Request([.. world.AddUsers(2), LmsId.Parse("nobody")]));

        Assert.Equal(JobStatus.CompletedWithErrors, done.Job.Status);
        Assert.Equal((2, 1), (done.Job.Counts.Awarded, done.Job.Counts.Failed));
        Assert.Equal("user_not_found", Assert.Single(done.Results!, result => result.UserId!.Value == "nobody").Code);
    }

    [Fact]
    public async Task Goes_on_with_the_job_of_a_crashed_request()
    {
        var request = JobWorld.Request(world.AddUsers(3));
        var jobId = JobId.New(world.Clock.Now);
        await world.Awarding.AwardAsync(JobWorld.Fire, request, "tester", new ReservedJobId(jobId, IsNew: false), TestContext.Current.CancellationToken);

        var again = await world.Awarding.AwardAsync(JobWorld.Fire, request, "tester", new ReservedJobId(jobId, IsNew: false), TestContext.Current.CancellationToken);

        Assert.Equal(3, Assert.IsType<Outcome<BegunJob>.Done>(again).Value.Job.Counts.Awarded);
        Assert.Equal(3, await world.HoldersAsync());
    }

    [Fact]
    public async Task Goes_on_in_the_background_when_the_time_before_the_answer_is_up()
    {
        var slow = new JobWorld(timeBeforeAnswer: TimeSpan.Zero);

        var done = await slow.AwardAsync(JobWorld.Request(slow.AddUsers(3)));

        Assert.Equal((JobStatus.Running, null), (done.Job.Status, done.Results));
        slow.Time.Advance(SweepSettings.Default.StalledAfter);
        Assert.Equal([done.Job.Id], (await slow.Sweeper.SweepAsync(TestContext.Current.CancellationToken)).Select(swept => swept.Job.Id));
        await slow.DeliverAllAsync();
        Assert.Equal((JobStatus.Completed, 3), ((await slow.JobAsync(done.Job.Id)).Status, await slow.HoldersAsync()));
    }

    [Fact]
    public async Task Takes_the_dates_from_the_validity_of_the_certification()
    {
        var users = world.AddUsers(1);

        await world.AwardAsync(JobWorld.Request(users));

        var award = (await world.Awards.FindAsync(JobWorld.Fire, users[0], TestContext.Current.CancellationToken))!.Award;
        Assert.Equal((new DateOnly(2026, 11, 24), new DateOnly(2028, 11, 24)), (award.IssuedOn, award.ExpiresOn));
    }

    [Fact]
    public async Task Wants_a_confirmation_above_a_thousand_users()
    {
        var users = world.AddUsers(1_001);

        Assert.Equal(JobStatus.Queued, (await world.AwardAsync(JobWorld.Request([.. users.Take(1_000)]))).Job.Status);
        Assert.Equal(JobStatus.Queued, (await world.AwardAsync(JobWorld.Request(users) with { ConfirmUsers = 1_001 })).Job.Status);
        Assert.Equal(JobStatus.Queued, (await new JobWorld(confirmAbove: 0).AwardAsync(JobWorld.Request(users))).Job.Status);
        Assert.Equal("confirmation_required", (await RefusedAsync(JobWorld.Request(users))).Code);
    }

    [Theory]
    [InlineData(50, null)]
    [InlineData(51, "confirmation_required")]
    public async Task Wants_one_also_for_those_who_would_be_awarded_before_the_answer(int users, string? code)
    {
        var strict = new JobWorld(confirmAbove: 50);

        var request = JobWorld.Request(strict.AddUsers(users));
        var outcome = await strict.Awarding.AwardAsync(
            JobWorld.Fire, request, "tester", new ReservedJobId(JobId.New(strict.Clock.Now), IsNew: false), TestContext.Current.CancellationToken);

        Assert.Equal((code, code is null ? users : 0), (outcome.Code(), await strict.HoldersAsync()));
    }

    [Theory]
    [InlineData(1_000, null, JobStatus.Completed, null)]
    [InlineData(1_001, null, JobStatus.Failed, "confirmation_required")]
    [InlineData(1_001, 1_001, JobStatus.Completed, null)]
    [InlineData(1_001, 1_000, JobStatus.Failed, "confirmation_mismatch")]
    public async Task More_sources_than_are_counted_before_the_answer_are_confirmed_before_anyone_is_awarded(
        int users, int? confirmed, JobStatus status, string? code)
    {
        var people = world.AddUsers(users);
        var groups = people.Chunk((users / Limits.SourcesCountedBeforeAnswer) - 1).Select((members, index) => world.AddGroup($"g-{index}", members)).ToList();
        Assert.True(groups.Count > Limits.SourcesCountedBeforeAnswer);

        var done = await world.AwardAsync(JobWorld.Request(null, groups) with { ConfirmUsers = confirmed });
        await world.DeliverAllAsync();

        var job = await world.JobAsync(done.Job.Id);
        Assert.Equal((status, code, code is null ? users : 0), (job.Status, job.Error?.Code, await world.HoldersAsync()));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(150)]
    public async Task Awards_nobody_when_another_number_was_confirmed(int users)
    {
        var done = await world.AwardAsync(JobWorld.Request(world.AddUsers(users)) with { ConfirmUsers = users + 1 });
        await world.DeliverAllAsync();

        var job = await world.JobAsync(done.Job.Id);
        Assert.Equal((JobStatus.Failed, "confirmation_mismatch"), (job.Status, job.Error?.Code));
        Assert.Equal(0, await world.HoldersAsync());
    }

    [Fact]
    public async Task Refuses_an_empty_selection() => Assert.Equal("selection_empty", (await RefusedAsync(JobWorld.Request())).Code);

    [Fact]
    public async Task Refuses_an_unknown_group()
    {
        var group = world.AddGroup("g-1", world.AddUsers(1));

        var why = await RefusedAsync(JobWorld.Request(null, group, LmsId.Parse("g-2")));

        Assert.Equal((RejectionKind.Invalid, "group_not_found"), (why.Kind, why.Code));
        Assert.Equal(["groups[1]"], why.Errors!.Keys);
    }

    [Fact]
    public async Task Refuses_an_unknown_branch()
    {
        var why = await RefusedAsync(JobWorld.Request(world.AddUsers(1)) with { Branches = [LmsId.Parse("b-1")] });

        Assert.Equal((RejectionKind.Invalid, "branch_not_found"), (why.Kind, why.Code));
    }

    [Fact]
    public async Task Refuses_an_unknown_certification() => Assert.Equal(
        "certification_not_found",
        (await RefusedAsync(JobWorld.Request(world.AddUsers(1)), CertificationCode.Parse("NONE"))).Code);

    [Fact]
    public async Task Refuses_an_archived_certification()
    {
        var fire = (await world.Certifications.FindAsync(JobWorld.Fire, TestContext.Current.CancellationToken))!.Certification;
        world.Certifications.Add(fire with { Status = CertificationStatus.Archived });

        var why = await RefusedAsync(JobWorld.Request(world.AddUsers(1)));

        Assert.Equal((RejectionKind.Conflict, "certification_archived"), (why.Kind, why.Code));
    }

    [Fact]
    public async Task Refuses_an_external_training_that_does_not_exist()
    {
        var request = JobWorld.Request(world.AddUsers(1));
        var terms = request.Terms with { Association = new Association(AssociationType.ExternalTraining) };

        Assert.Equal("external_training_required", (await RefusedAsync(request with { Terms = terms })).Code);

        terms = request.Terms with { Association = new Association(AssociationType.ExternalTraining, ActivityId: LmsId.Parse("EXT-1")) };
        Assert.Equal("external_training_not_found", (await RefusedAsync(request with { Terms = terms })).Code);
    }

    private async Task<Rejection> RefusedAsync(AwardUsersRequest request, CertificationCode? code = null)
    {
        var jobId = JobId.New(world.Clock.Now);
        var outcome = await world.Awarding.AwardAsync(code ?? JobWorld.Fire, request, "tester", new ReservedJobId(jobId, IsNew: false), TestContext.Current.CancellationToken);
        Assert.Null(await world.Jobs.FindAsync(jobId, TestContext.Current.CancellationToken));
        return Assert.IsType<Outcome<BegunJob>.Rejected>(outcome).Why;
    }
}
