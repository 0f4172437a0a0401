using CertFunctions.Core.Awarding;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Ingestion;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class JobStepServiceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_message_of_an_award_is_sent_before_its_row_says_what_it_is_for()
    {
        var world = new JobWorld();
        var sent = SeeWhatIsStored(world);

        await world.AwardAsync(JobWorld.Request(world.AddUsers(300)));
        await world.DeliverStepAsync();

        Assert.Equal([false, true], sent.Select(job => job?.HasRuns));
    }

    [Fact]
    public async Task No_message_of_an_import_is_sent_before_its_row_says_what_it_is_for()
    {
        var world = new ImportWorld(users: 3);
        var sent = SeeWhatIsStored(world.Jobs);

        await world.BeginAsync();
        await world.Jobs.DeliverStepAsync();

        Assert.Equal([false, true], sent.Select(job => job?.HasRuns));
    }

    [Fact]
    public async Task No_message_of_a_retroactive_award_is_sent_before_its_row_is_stored()
    {
        var world = new JobWorld();
        var sent = SeeWhatIsStored(world);

        await world.Retroactive.AwardAsync(JobWorld.Fire, new RetroactiveRequest(), "tester", new ReservedJobId(JobId.New(world.Clock.Now), IsNew: false), Cancellation);

        Assert.IsType<RetroactiveWork>(Assert.Single(sent)?.Work);
    }

    [Fact]
    public async Task A_job_of_nobody_ends_at_once()
    {
        var world = new JobWorld();
        var group = world.AddGroup("g-1", []);
        var id = (await world.AwardAsync(JobWorld.Request(groups: [.. Enumerable.Repeat(group, 1), .. ManyGroups(world)]))).Job.Id;

        await world.DeliverAllAsync();

        Assert.Equal((JobStatus.Completed, 0), ((await world.JobAsync(id)).Status, (await world.JobAsync(id)).Total));
    }

    [Fact]
    public async Task A_step_of_a_job_that_has_ended_does_nothing()
    {
        var world = new JobWorld();
        var id = (await world.AwardAsync(JobWorld.Request(world.AddUsers(300)))).Job.Id;
        await world.DeliverAllAsync();

        await world.Steps.AdvanceAsync(id, Cancellation);

        Assert.Equal((0, 0), (world.Queue.Steps.Count, world.Queue.Runs.Count));
    }

    [Fact]
    public async Task A_step_of_a_job_that_was_never_made_is_not_ours()
    {
        var world = new JobWorld();

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.Steps.AdvanceAsync(JobId.New(world.Clock.Now), Cancellation));
        await world.Steps.GiveUpAsync(JobId.New(world.Clock.Now), Cancellation);
    }

    /// <summary>More sources than are counted before the answer: only then does a job of nobody come about.</summary>
    private static IEnumerable<LmsId> ManyGroups(JobWorld world) =>
        Enumerable.Range(2, Limits.SourcesCountedBeforeAnswer).Select(number => world.AddGroup($"g-{number}", []));

    /// <summary>The job as whoever takes a message finds it, one for each message or batch of messages; null: there is none.</summary>
    private static List<Job?> SeeWhatIsStored(JobWorld world)
    {
        var seen = new List<Job?>();
        world.Queue.BeforeSending = async id => seen.Add((await world.Jobs.FindAsync(id, Cancellation))?.Job);
        return seen;
    }
}
