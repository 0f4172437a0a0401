using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>
/// People of two shards who completed what a certification now lists: some hold it already and are renewed, one holds it for longer, one is
/// deactivated, and one was awarded for it before and unassigned since.
/// </summary>
internal sealed class RetroactiveScene : IAsyncDisposable
{
    private const int Renewed = 5;
    private const int Awarded = 40;
    private static readonly JobCounts Expected = new(Awarded, Renewed, Skipped: 1, Failed: 1);
    private static readonly Activity Course = new(ActivityType.Course, LmsId.Parse("C-101"));
    private static readonly Activity Plan = new(ActivityType.LearningPlan, LmsId.Parse("LP-7"));

    private RetroactiveScene(World world) => World = world;

    public World World { get; }

    public required CertificationCode Code { get; init; }

    /// <summary>Somebody who is new to the certification, in the first transaction of the job.</summary>
    public Completion OfSomebodyNew { get; } = CompletedBy(Seed.IdsIn(Shard.Numbered(2), Renewed + 1)[^1]);

    public static async Task<RetroactiveScene> SetAsync()
    {
        var world = await World.CreateAsync();
        LmsId[] users = [.. Seed.IdsIn(Shard.Numbered(2), Renewed + Awarded), .. Seed.IdsIn(Shard.Numbered(14), 3)];
        await world.Seed.AddUsersAsync(users);
        var scene = new RetroactiveScene(world) { Code = await world.Seed.AddCertificationAsync("FIRE-1", Define) };
        await scene.SetTheOthersAsync(longer: users[^1], deactivated: users[^2], unassigned: users[^3]);
        await using var worker = world.StartWorker();
        Assert.Equal(200, (await worker.PostAsync(scene.Code, AwardRequests.Users(users.Take(Renewed), expiresOn: "2026-12-31"))).Status);
        await world.Seed.AddCompletionsAsync(users.SkipLast(3).Select(id => CompletedBy(id)));
        await world.Seed.AddCompletionsAsync(users.Take(20).Select(id => CompletedBy(id) with { Activity = Plan }));
        return scene;
    }

    public async Task AskAsync() => Assert.IsType<Outcome<BegunJob>.Done>(await World.StartWorker().Get<RetroactiveService>()
        .AwardAsync(Code, new RetroactiveRequest(), "ada", new ReservedJobId(JobId.New(World.Time.GetUtcNow()), IsNew: true), CancellationToken.None));

    /// <summary>What is not as it would be without any fault; empty when all is.</summary>
    /// <param name="done">How many completions were used by others while the job ran.</param>
    public async Task<IReadOnlyList<string>> FindDifferencesAsync(int done = 0)
    {
        var found = (await World.CheckAsync()).ToList();
        var job = (await World.JobsAsync()).Single(job => job.Work.Kind == JobKind.Retroactive);
        if (job.Status != JobStatus.CompletedWithErrors || job.Counts != Expected with { Awarded = Awarded - done, Skipped = 1 + done })
        {
            found.Add($"The job is {job.Status} with {job.Counts}");
        }

        var holders = (await World.HoldersAsync(Code)).Count;
        return holders == Awarded + Renewed + 1 ? found : [.. found, $"{holders} hold it"];
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static Completion CompletedBy(LmsId userId) => new(userId, Course, "Fire", new DateOnly(2026, 11, 20));

    private static Certification Define(Certification certification)
    {
        Validity.TryCreate(24, ValidityUnit.Months, out var validity);
        return certification with { Validity = validity, Activities = [Course, Plan] };
    }

    private async Task SetTheOthersAsync(LmsId longer, LmsId deactivated, LmsId unassigned)
    {
        await using var worker = World.StartWorker();
        var provenance = new Provenance("lms", World.Time.GetUtcNow(), null, null);
        await worker.Get<CompletionService>().ApplyAsync(CompletedBy(unassigned), provenance, CancellationToken.None);
        await worker.Get<AwardService>().UnassignAsync(Code, unassigned, "by mistake", Precondition.None, "ada", CancellationToken.None);
        Assert.Equal(200, (await worker.PostAsync(Code, AwardRequests.Users([longer], expiresOn: "2030-01-01"))).Status);
        await worker.Get<UserService>().DeactivateAsync(deactivated, Precondition.None, By.Hand, CancellationToken.None);
        await World.Seed.AddCompletionsAsync([CompletedBy(longer), CompletedBy(deactivated)]);
    }
}
