using System.Globalization;
using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>A small organisation with ids of its own, in a world that others may share, and one change of it.</summary>
internal sealed class AuditScene
{
    private static int count;

    private readonly (string Subject, Func<Worker, Task> Make, Func<Worker, Task<object?>> Read) change;
    private readonly LmsId user;
    private readonly LmsId group;
    private readonly LmsId branch;
    private readonly LmsId training;
    private readonly CertificationCode code;
    private readonly string suffix = Interlocked.Increment(ref count).ToString(CultureInfo.InvariantCulture);

    private AuditScene(World world, string name)
    {
        World = world;
        (user, group, branch, training) = (Id("u"), Id("g"), Id("b"), Id("x"));
        code = CertificationCode.Parse($"FIRE-{suffix}");
        change = Changes(this)[name];
    }

    public static IReadOnlyList<string> Names { get; } =
    [
        "a new certification", "an archived certification", "a new user", "a renamed user", "a deactivated user", "a renamed group", "a deleted group",
        "a new member", "a new branch", "a deleted branch", "a training with another title", "an edited award", "an unassigned award",
        "an award for a completion",
    ];

    public World World { get; }

    public static async Task<AuditScene> SetAsync(World world, string change)
    {
        var scene = new AuditScene(world, change);
        var worker = world.StartWorker();
        await world.Seed.AddUsersAsync([scene.user]);
        await scene.PutCertificationAsync(worker, scene.code.Value);
        await worker.Get<GroupService>().PutAsync(scene.group, "one", Precondition.None, By.Hand, CancellationToken.None);
        await worker.Get<BranchService>().PutAsync(scene.branch, "one", null, Precondition.None, By.Hand, CancellationToken.None);
        await worker.Get<ExternalTrainingService>().PutAsync(scene.training, "one", null, Precondition.None, By.Hand, CancellationToken.None);
        await worker.PostAsync(scene.code, AwardRequests.Users([scene.user], expiresOn: "2026-12-31"));
        return scene;
    }

    public Task MakeAsync(Worker worker) => change.Make(worker);

    /// <summary>The state of what is changed; null where it is not there.</summary>
    public Task<object?> ReadAsync() => change.Read(World.StartWorker());

    /// <summary>What timers do, later.</summary>
    public async Task SweepAsync()
    {
        World.Time.Advance(2 * UserFollowUpService.Abandoned);
        var worker = World.StartWorker();
        await worker.Get<IAuditSweep>().RunAsync(CancellationToken.None);
        await worker.Get<UserService>().RepairAsync(CancellationToken.None);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<RecordedEntry>> EntriesAsync() => (await World.StartWorker().Get<IAuditTrail>().ListAsync(
        new AuditFilter(null, null, null, change.Subject), new PageRequest(Limits.PageSize, null), CancellationToken.None)).Items;

    /// <summary>The keys of what lies in any outbox of the world, or waits for it to be told whether it was done.</summary>
    public static async Task<IReadOnlyList<string>> LettersAsync(World world)
    {
        var found = new List<string>();
        foreach (var name in StorageNames.In(typeof(StorageNames.Tables)))
        {
            var rows = world.Storage.Table(name).QueryAsync<TableEntity>("RowKey ge '!audit!' and RowKey lt '!audit\"'");
            found.AddRange(await rows.Where(row => row.GetBoolean("refused") is null).Select(row => $"{name} {row.PartitionKey} {row.RowKey}").ToListAsync());
        }

        return found;
    }

    /// <summary>What a change is done to, how, and how it is seen.</summary>
    private static Dictionary<string, (string Subject, Func<Worker, Task> Make, Func<Worker, Task<object?>> Read)> Changes(AuditScene s) => new()
    {
        ["a new certification"] = ($"certifications/NEW-{s.suffix}", w => s.PutCertificationAsync(w, $"NEW-{s.suffix}"), w => CertificationAsync(w, $"NEW-{s.suffix}")),
        ["an archived certification"] = (
            $"certifications/{s.code}",
            w => w.Get<CertificationService>().ArchiveAsync(s.code, Precondition.None, By.Hand, CancellationToken.None),
            w => CertificationAsync(w, s.code.Value)),
        ["a new user"] = ($"users/{s.Id("new")}", w => s.PutUserAsync(w, s.Id("new")), w => UserAsync(w, s.Id("new"))),
        ["a renamed user"] = ($"users/{s.user}", w => s.PutUserAsync(w, s.user), w => UserAsync(w, s.user)),
        ["a deactivated user"] = (
            $"users/{s.user}",
            w => w.Get<UserService>().DeactivateAsync(s.user, Precondition.None, By.Hand, CancellationToken.None),
            w => UserAsync(w, s.user)),
        ["a renamed group"] = (
            $"groups/{s.group}",
            w => w.Get<GroupService>().PutAsync(s.group, "renamed", Precondition.None, By.Hand, CancellationToken.None),
            s.GroupAsync),
        ["a deleted group"] = (
            $"groups/{s.group}",
            w => w.Get<GroupService>().DeleteAsync(s.group, Precondition.None, By.Hand, CancellationToken.None),
            s.GroupAsync),
        ["a new member"] = (
            $"groups/{s.group}/members/{s.user}",
            w => w.Get<GroupService>().AddMemberAsync(s.group, s.user, null, By.Hand, CancellationToken.None),
            s.MemberAsync),
        ["a new branch"] = (
            $"branches/{s.Id("new")}",
            w => w.Get<BranchService>().PutAsync(s.Id("new"), "two", s.branch, Precondition.None, By.Hand, CancellationToken.None),
            w => BranchAsync(w, s.Id("new"))),
        ["a deleted branch"] = (
            $"branches/{s.branch}",
            w => w.Get<BranchService>().DeleteAsync(s.branch, Precondition.None, By.Hand, CancellationToken.None),
            w => BranchAsync(w, s.branch)),
        ["a training with another title"] = (
            $"external-trainings/{s.training}",
            w => w.Get<ExternalTrainingService>().PutAsync(s.training, "other", null, Precondition.None, By.Hand, CancellationToken.None),
            async w => await w.Get<IExternalTrainingStore>().FindAsync(s.training, CancellationToken.None)),
        ["an edited award"] = (
            $"certifications/{s.code}/awards/{s.user}",
            w => w.Get<AwardService>().EditAsync(s.code, s.user, EditOf("2030-01-01"), Precondition.None, "tester", CancellationToken.None),
            s.AwardAsync),
        ["an unassigned award"] = (
            $"certifications/{s.code}/awards/{s.user}",
            w => w.Get<AwardService>().UnassignAsync(s.code, s.user, "moved", Precondition.None, "tester", CancellationToken.None),
            s.AwardAsync),
        ["an award for a completion"] = (
            $"certifications/{s.code}/awards/{s.user}",
            w => w.Get<CompletionService>().ApplyAsync(s.CompletionOf(), ProvenanceOf(), CancellationToken.None),
            s.AwardAsync),
    };

    private LmsId Id(string kind) => LmsId.Parse($"{kind}-{suffix}");

    private async Task PutCertificationAsync(Worker worker, string certification) => await worker.Get<CertificationService>().PutAsync(
        CertificationCode.Parse(certification),
        former => former with { Title = "Fire", Activities = [CompletionOf().Activity] },
        Precondition.None,
        By.Hand,
        CancellationToken.None);

    private Completion CompletionOf() => new(user, new Activity(ActivityType.Course, Id("C")), "Fire", new DateOnly(2026, 11, 25));

    private static Provenance ProvenanceOf() =>
        new("lms", new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), null, new Origin(MessageId: "m-1", Event: "course.enrollment.completed"));

    private static AwardEdit EditOf(string expiresOn) =>
        new(terms => terms with { ExpiresOn = CalendarDate.Parse(expiresOn), AlwaysValid = false }, "checked");

    private async Task PutUserAsync(Worker worker, LmsId id) => await worker.Get<UserService>().PutAsync(
        id, new UserEdit($"called-{suffix}", "A", "B", null, branch, null), Precondition.None, at: null, By.Hand, CancellationToken.None);

    private static async Task<object?> CertificationAsync(Worker worker, string code) =>
        (await worker.Get<ICertificationStore>().FindAsync(CertificationCode.Parse(code), CancellationToken.None))?.Certification.Version;

    private static async Task<object?> UserAsync(Worker worker, LmsId id) => (await worker.Get<IUserStore>().FindAsync(id, CancellationToken.None))?.Version;

    private static async Task<object?> BranchAsync(Worker worker, LmsId id) =>
        (await worker.Get<IBranchStore>().FindAsync(id, CancellationToken.None))?.Version;

    private async Task<object?> GroupAsync(Worker worker) => (await worker.Get<IGroupStore>().FindAsync(group, CancellationToken.None))?.Version;

    private async Task<object?> MemberAsync(Worker worker) =>
        await worker.Get<IMemberStore>().ContainsAsync(MemberSource.Group(group), user, CancellationToken.None);

    private async Task<object?> AwardAsync(Worker worker) => (await worker.Get<IAwardStore>().FindAsync(code, user, CancellationToken.None))?.Award.Version;
}
