using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Jobs;
using CsCheck;

namespace CertFunctions.Core.Tests.Awarding;

/// <summary>What holds of bulk changes, whoever holds what before and whatever is asked for.</summary>
public sealed class BulkLawsTests
{
    private const int People = 150;

    private static readonly Gen<AwardTerms> Terms = Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[5, 9], (issued, kind, expires) => new AwardTerms(
        AwardSamples.Today.AddDays(issued),
        kind == 0 ? AwardSamples.Today.AddDays(expires) : null,
        AlwaysValid: kind == 1,
        Association.Manual));

    /// <summary>Around the most that are done before the answer, which takes another way than a job.</summary>
    private static readonly Gen<AwardUsersRequest> Requests = Gen.Select(
        Gen.Int[0, People - 1],
        Gen.OneOf(Gen.Int[1, 20], Gen.Int[Limits.UsersDoneBeforeAnswer, People]),
        Terms,
        Gen.Enum<OnExisting>(),
        (from, count, terms, onExisting) => JobWorld.Request(IdsOf(from, count)) with { Terms = terms, OnExisting = onExisting });

    private static readonly Gen<Story> Stories =
        Gen.Select(Gen.Int[2, 30], Requests.List[0, 2], Requests, (inactive, earlier, request) => new Story(inactive, earlier, request));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_plan_that_is_carried_out_comes_to_what_it_says_and_to_what_is_awarded_without_one() => await Stories.SampleAsync(
        async story =>
        {
            var (planning, awarding) = (await SetAsync(story), await SetAsync(story));
            var before = await StateAsync(planning);

            var plan = await AwardAsync(planning, story.Request with { IsPlan = true });
            Assert.Equal(before, await StateAsync(planning));
            var applied = await ApplyAsync(planning, plan.Id);
            var awarded = await AwardAsync(awarding, story.Request);

            var planned = await ResultsAsync(planning, plan.Id);
            Assert.Equal(planned.Select(Said), (await ResultsAsync(planning, applied.Id)).Select(Said));
            Assert.Equal(planned.Select(Said), (await ResultsAsync(awarding, awarded.Id)).Select(Said));
            Assert.Equal((plan.Status, plan.Counts), (applied.Status, applied.Counts));
            Assert.Equal(await StateAsync(awarding), await StateAsync(planning));
            foreach (var result in planned.Where(result => result.Planned!.IssuedOn is not null))
            {
                var award = (await planning.Awards.FindAsync(JobWorld.Fire, result.UserId!, Cancellation))!.Award;
                Assert.Equal((result.Planned!.IssuedOn, result.Planned.ExpiresOn), (award.IssuedOn, award.ExpiresOn));
            }
        },
        iter: 40);

    [Fact]
    public async Task What_nobody_touched_since_an_undo_puts_back_and_undone_itself_brings_it_again() => await Gen.Select(Stories, Requests).SampleAsync(
        async (story, since) =>
        {
            var world = await SetAsync(story);
            var before = await StateAsync(world);
            var job = await AwardAsync(world, story.Request);
            var after = await StateAsync(world);
            var others = await AwardAsync(world, since);
            HashSet<LmsId> touched = [.. (await ResultsAsync(world, others.Id)).Where(result => result.Version is not null).Select(result => result.UserId!)];
            var last = await StateAsync(world);

            if (job.Counts.Changed == 0)
            {
                return;
            }

            var undo = await UndoAsync(world, job.Id);
            Assert.Equal(Mixed(last, before, touched), await StateAsync(world));
            if (undo.Counts.Changed == 0)
            {
                return;
            }

            await UndoAsync(world, undo.Id);
            Assert.Equal(Mixed(last, after, touched), await StateAsync(world));
        },
        iter: 40);

    [Fact]
    public async Task In_any_order_and_however_often_they_are_delivered_messages_come_to_the_same() => await Gen.Select(Stories, Gen.Int[0, int.MaxValue - 1]).SampleAsync(
        async (story, seed) =>
        {
            var (shuffled, plain) = (await SetAsync(story), await SetAsync(story));

            var begun = await shuffled.AwardAsync(story.Request);
            await DeliverInAnyOrderAsync(shuffled, seed);
            var job = await shuffled.JobAsync(begun.Job.Id);
            var once = await AwardAsync(plain, story.Request);

            Assert.Equal((once.Status, once.Total, once.Counts), (job.Status, job.Total, job.Counts));
            Assert.Equal((await ResultsAsync(plain, once.Id)).Select(Said), (await ResultsAsync(shuffled, job.Id)).Select(Said));
            Assert.Equal(await StateAsync(plain), await StateAsync(shuffled));
        },
        iter: 40);

    private static List<LmsId> IdsOf(int from, int count) => [.. Enumerable.Range(from, Math.Min(count, People - from)).Select(n => LmsId.Parse($"u-{n}"))];

    private static (LmsId?, ChangeOutcome, string?) Said(JobResult result) => (result.UserId, result.Outcome, result.Code);

    /// <summary>The latter, but for some people the former.</summary>
    private static List<Held> Mixed(IEnumerable<Held> ofSome, IEnumerable<Held> ofOthers, HashSet<LmsId> some) =>
        [.. ofSome.Where(held => some.Contains(held.UserId)).Concat(ofOthers.Where(held => !some.Contains(held.UserId))).Order()];

    /// <summary>The people, of whom every so many are inactive, and what was awarded before.</summary>
    private static async Task<JobWorld> SetAsync(Story story)
    {
        var world = new JobWorld();
        var ids = world.AddUsers(People);
        foreach (var request in story.Earlier)
        {
            await AwardAsync(world, request);
        }

        foreach (var id in ids.Where((_, index) => index % story.InactiveEach == 0))
        {
            world.Users.Add(JobWorld.UserOf(id) with { Active = false });
            await world.Awards.ShowAsync(Shard.Of(id), [id], Cancellation);
        }

        return world;
    }

    private static async Task<Job> AwardAsync(JobWorld world, AwardUsersRequest request) => await EndAsync(world, (await world.AwardAsync(request)).Job.Id);

    private static async Task<Job> ApplyAsync(JobWorld world, JobId plan) =>
        (await world.Plans.ApplyAsync(plan, "tester", JobId.New(world.Clock.Now), Cancellation)) is var applied && applied.IsDone(out var begun, out var why)
            ? await EndAsync(world, begun.Job.Id)
            : throw new InvalidOperationException(why.Detail);

    private static async Task<Job> UndoAsync(JobWorld world, JobId id) =>
        (await world.Undoing.UndoAsync(
            id, new UndoRequest(false, null, null), "ada", new ReservedJobId(JobId.New(world.Clock.Now), IsNew: true), Cancellation)) is var undone
        && undone.IsDone(out var begun, out var why)
            ? await EndAsync(world, begun.Job.Id)
            : throw new InvalidOperationException(why.Detail);

    private static async Task<Job> EndAsync(JobWorld world, JobId id)
    {
        await world.DeliverAllAsync();
        return await world.JobAsync(id);
    }

    /// <summary>Whichever of the messages that wait is next; half of them come again.</summary>
    private static async Task DeliverInAnyOrderAsync(JobWorld world, int seed)
    {
#pragma warning disable CA5394 // A test has no secrets.
        var chance = new Random(seed);
        var waiting = new List<Func<Task>>();
        for (Take(); waiting.Count > 0; Take())
        {
            var next = chance.Next(waiting.Count);
            var deliver = waiting[next];
            waiting.RemoveAt(next);
            waiting.AddRange(chance.Next(2) == 0 ? [deliver] : []);
            await deliver();
        }
#pragma warning restore CA5394

        void Take()
        {
            while (world.Queue.Steps.TryDequeue(out var id))
            {
                waiting.Add(() => world.Steps.AdvanceAsync(id, Cancellation));
            }

            while (world.Queue.Runs.TryDequeue(out var run))
            {
                waiting.Add(() => world.Runs.ProcessAsync(run.JobId, run.Run, Cancellation));
            }
        }
    }

    private static async Task<List<JobResult>> ResultsAsync(JobWorld world, JobId id) =>
        [.. (await Walk.AllAsync(200, page => world.Results.ListAsync(id, null, page, Cancellation))).OrderBy(result => result.UserId!.Value, StringComparer.Ordinal)];

    /// <summary>Who holds it, in both orders of the list and on each day about now, and how many that is.</summary>
    private static async Task<List<Held>> StateAsync(JobWorld world)
    {
        var lists = new List<Held>();
        foreach (var sort in Enum.GetValues<AwardSort>())
        {
            lists.AddRange(from held in await world.Awards.ReadAsync(new HolderList(JobWorld.Fire, ExpiryRange.All, sort), Cancellation).ToListAsync(Cancellation)
                           select Held.Of($"{sort}", held));
        }

        for (var day = AwardSamples.Today.AddDays(-1); day <= AwardSamples.Today.AddDays(6); day = day.AddDays(1))
        {
            var onDay = new PastHolderList(JobWorld.Fire, day, ExpiryRange.All);
            lists.AddRange((await Walk.AllAsync(200, page => world.Awards.ListAsync(onDay, page, Cancellation))).Select(held => Held.Of($"{day:O}", held)));
        }

        Assert.Equal(lists.Count(held => held.List == nameof(AwardSort.Username)), (await world.Awards.CountHoldersAsync([JobWorld.Fire], Cancellation))[JobWorld.Fire]);
        return [.. lists.Order()];
    }

    /// <param name="InactiveEach">Every so many of the people are inactive by the time of <paramref name="Request"/>.</param>
    private sealed record Story(int InactiveEach, IReadOnlyList<AwardUsersRequest> Earlier, AwardUsersRequest Request);

    /// <summary>All of it that is public, but for the version and the job, which differ with what led here.</summary>
    private sealed record Held(string List, LmsId UserId, string Award) : IComparable<Held>
    {
        public static Held Of(string list, HeldAward held) => new(
            list,
            held.Award.UserId,
            $"{held.Award.IssuedOn:O} {held.Award.ExpiresOn:O} {held.Award.Association} {held.Award.AwardedBy} {held.Award.AwardedAt:O} {held.User}");

        public int CompareTo(Held? other) => (List, UserId.Value, Award).CompareTo((other!.List, other.UserId.Value, other.Award));
    }
}
