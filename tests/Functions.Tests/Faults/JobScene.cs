using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>
/// A group of 102 people of one shard, so that one run of several transactions awards them: 40 hold the certification already and are
/// renewed to another day, one is not known. To undo it takes a run as large.
/// </summary>
internal sealed class JobScene : IAsyncDisposable
{
    public const int Renewed = 40;
    public const int Awarded = 61;
    public const int Failed = 1;

    private static readonly IReadOnlyList<LmsId> Users = Seed.IdsIn(Shard.Numbered(3), Renewed + Awarded + Failed);

    /// <summary>The one of them who is not known.</summary>
    public static LmsId Unknown => Users[^1];

    private JobScene(World world) => World = world;

    public World World { get; }

    public required CertificationCode Code { get; init; }

    public required LmsId Group { get; init; }

    public static async Task<JobScene> SetAsync()
    {
        var world = await World.CreateAsync();
        await world.Seed.AddUsersAsync(Users.SkipLast(Failed));
        return await SetAsync(world, "FIRE-1", await world.Seed.AddGroupAsync("g-1", Users));
    }

    /// <summary>The same people and another certification: a play of its own in the same storage.</summary>
    public Task<JobScene> AgainAsync(string code) => SetAsync(World, code, Group);

    private static async Task<JobScene> SetAsync(World world, string code, LmsId group)
    {
        var scene = new JobScene(world) { Code = await world.Seed.AddCertificationAsync(code), Group = group };
        var answer = await world.StartWorker().PostAsync(scene.Code, AwardRequests.Users(Users.Take(Renewed), expiresOn: "2027-01-31"));
        Assert.Equal(200, answer.Status);
        return scene;
    }

    /// <summary>Asks for the job; its messages are in the queues.</summary>
    public async Task AskAsync() => Assert.Equal(202, (await World.StartWorker().PostAsync(Code, AwardRequests.Group(Group))).Status);

    /// <summary>Has the job planned, and the plan made.</summary>
    public async Task<Job> PlanAsync()
    {
        Assert.Equal(202, (await World.StartWorker().PostAsync(Code, AwardRequests.Group(Group, dryRun: true))).Status);
        await World.Queues.RunToEndAsync(World.StartWorker());
        return Assert.Single(await JobsAsync(JobKind.Plan));
    }

    public async Task<Job> JobAsync() => (await JobsAsync(JobKind.Award)).Single(job => job.Work.FewRuns is null);

    public async Task<IReadOnlyList<Job>> JobsAsync(JobKind kind) => [.. (await World.JobsAsync()).Where(job => job.Kind == kind && Code.Equals(job.Work.About))];

    /// <summary>What is not as it would be without any fault; empty when all is.</summary>
    public async Task<IReadOnlyList<string>> FindDifferencesAsync() => [.. await World.CheckAsync(), .. await FindDifferencesOfJobAsync()];

    /// <summary>The same of the job alone, and of who holds the certification.</summary>
    public async Task<IReadOnlyList<string>> FindDifferencesOfJobAsync()
    {
        var found = new List<string>();
        var job = await JobAsync();
        if (job.Status != JobStatus.CompletedWithErrors || job.Counts != new JobCounts(Awarded, Renewed, Failed: Failed))
        {
            found.Add($"The job is {job.Status} with {job.Counts}");
        }

        var holders = (await World.HoldersAsync(Code)).Count;
        return holders == Awarded + Renewed ? found : [.. found, $"{holders} hold it"];
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
