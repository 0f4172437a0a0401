using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>
/// Somebody completes a course that three certifications list: one is new to the user, one is renewed, one the user holds for longer
/// than the completion would give.
/// </summary>
internal sealed class CompletionScene : IAsyncDisposable
{
    private static readonly Activity Course = new(ActivityType.Course, LmsId.Parse("C-101"));

    private CompletionScene(World world) => World = world;

    public World World { get; }

    public Completion Completion { get; } = new(Seed.Ids(1)[0], Course, "Fire", new DateOnly(2026, 11, 20));

    public required CertificationCode New { get; init; }

    public required CertificationCode Renewed { get; init; }

    public required CertificationCode Longer { get; init; }

    public static async Task<CompletionScene> SetAsync()
    {
        var world = await World.CreateAsync();
        var scene = new CompletionScene(world)
        {
            New = await world.Seed.AddCertificationAsync("A-NEW", Define),
            Renewed = await world.Seed.AddCertificationAsync("B-RENEWED", Define),
            Longer = await world.Seed.AddCertificationAsync("C-LONGER", Define),
        };
        var users = new[] { scene.Completion.UserId };
        await world.Seed.AddUsersAsync(users);
        await using var worker = world.StartWorker();
        Assert.Equal(200, (await worker.PostAsync(scene.Renewed, AwardRequests.Users(users, expiresOn: "2026-12-31"))).Status);
        Assert.Equal(200, (await worker.PostAsync(scene.Longer, AwardRequests.Users(users, expiresOn: "2030-01-01"))).Status);
        return scene;
    }

    public async Task<IReadOnlyList<CompletionResult>> ApplyAsync(Worker worker)
    {
        var provenance = new Provenance("lms", World.Time.GetUtcNow(), null, new Origin(MessageId: "m-1", Event: "course.enrollment.completed"));
        var outcome = await worker.Get<CompletionService>().ApplyAsync(Completion, provenance, CancellationToken.None);
        return outcome.IsDone(out var results, out var why) ? results : throw new InvalidOperationException(why.Detail);
    }

    /// <summary>What is not as it would be without any fault; empty when all is.</summary>
    public async Task<IReadOnlyList<string>> FindDifferencesAsync()
    {
        var found = (await World.CheckAsync()).ToList();
        var awards = string.Join(' ', await Task.WhenAll(new[] { New, Renewed, Longer }.Select(DescribeAsync)));
        const string Expected = "A-NEW:v1:2026-11-20:2028-11-20:used B-RENEWED:v2:2026-11-20:2028-11-20:used C-LONGER:v1:2026-11-24:2030-01-01:used";
        return awards == Expected ? found : [.. found, $"The user holds {awards}"];
    }

    public async Task<StoredAward?> AwardAsync(CertificationCode code) =>
        await World.StartWorker().Get<IAwardStore>().FindAsync(code, Completion.UserId, CancellationToken.None);

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static Certification Define(Certification certification)
    {
        Validity.TryCreate(24, ValidityUnit.Months, out var validity);
        return certification with { Validity = validity, Activities = [Course] };
    }

    private async Task<string> DescribeAsync(CertificationCode code)
    {
        var award = (await AwardAsync(code))?.Award;
        var mark = await World.Storage.Table(StorageNames.Tables.Awards).FindRowAsync(
            AwardKeys.Partition(Shard.Of(Completion.UserId)), AwardKeys.Mark(Completion, code), CancellationToken.None);
        return $"{code}:v{award?.Version}:{award?.IssuedOn:yyyy-MM-dd}:{award?.ExpiresOn:yyyy-MM-dd}:{(mark is null ? "unused" : "used")}";
    }
}
