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

/// <summary>A small organisation, and one change of it.</summary>
internal sealed class AuditScene : IAsyncDisposable
{
    private static readonly LmsId User = Seed.Ids(1)[0];
    private static readonly LmsId Group = LmsId.Parse("g-1");
    private static readonly LmsId Branch = LmsId.Parse("b-1");
    private static readonly LmsId Training = LmsId.Parse("x-1");
    private static readonly CertificationCode Code = CertificationCode.Parse("FIRE-1");

    /// <summary>What a change is done to, and how; and the state of that, null where it is not there.</summary>
    private static readonly Dictionary<string, (string Subject, Func<Worker, Task> Make, Func<Worker, Task<object?>> Read)> Changes = new()
    {
        ["a new certification"] = ("certifications/NEW-1", w => PutCertificationAsync(w, "NEW-1"), w => CertificationAsync(w, "NEW-1")),
        ["an archived certification"] = (
            $"certifications/{Code}",
            w => w.Get<CertificationService>().ArchiveAsync(Code, Precondition.None, By.Hand, CancellationToken.None),
            w => CertificationAsync(w, Code.Value)),
        ["a new user"] = ("users/new", w => PutUserAsync(w, LmsId.Parse("new"), "new"), w => UserAsync(w, LmsId.Parse("new"))),
        ["a renamed user"] = ($"users/{User}", w => PutUserAsync(w, User, "renamed"), w => UserAsync(w, User)),
        ["a deactivated user"] = (
            $"users/{User}",
            w => w.Get<UserService>().DeactivateAsync(User, Precondition.None, By.Hand, CancellationToken.None),
            w => UserAsync(w, User)),
        ["a renamed group"] = (
            $"groups/{Group}",
            w => w.Get<GroupService>().PutAsync(Group, "renamed", Precondition.None, By.Hand, CancellationToken.None),
            w => GroupAsync(w)),
        ["a deleted group"] = (
            $"groups/{Group}",
            w => w.Get<GroupService>().DeleteAsync(Group, Precondition.None, By.Hand, CancellationToken.None),
            w => GroupAsync(w)),
        ["a new member"] = (
            $"groups/{Group}/members/{User}",
            w => w.Get<GroupService>().AddMemberAsync(Group, User, null, By.Hand, CancellationToken.None),
            MemberAsync),
        ["a new branch"] = (
            "branches/b-2",
            w => w.Get<BranchService>().PutAsync(LmsId.Parse("b-2"), "two", Branch, Precondition.None, By.Hand, CancellationToken.None),
            w => BranchAsync(w, LmsId.Parse("b-2"))),
        ["a deleted branch"] = (
            $"branches/{Branch}",
            w => w.Get<BranchService>().DeleteAsync(Branch, Precondition.None, By.Hand, CancellationToken.None),
            w => BranchAsync(w, Branch)),
        ["a training with another title"] = (
            $"external-trainings/{Training}",
            w => w.Get<ExternalTrainingService>().PutAsync(Training, "other", null, Precondition.None, By.Hand, CancellationToken.None),
            async w => await w.Get<IExternalTrainingStore>().FindAsync(Training, CancellationToken.None)),
        ["an edited award"] = (
            $"certifications/{Code}/awards/{User}",
            w => w.Get<AwardService>().EditAsync(Code, User, EditOf("2030-01-01"), Precondition.None, "tester", CancellationToken.None),
            AwardAsync),
        ["an unassigned award"] = (
            $"certifications/{Code}/awards/{User}",
            w => w.Get<AwardService>().UnassignAsync(Code, User, "moved", Precondition.None, "tester", CancellationToken.None),
            AwardAsync),
        ["an award for a completion"] = (
            $"certifications/{Code}/awards/{User}",
            w => w.Get<CompletionService>().ApplyAsync(CompletionOf(), ProvenanceOf(), CancellationToken.None),
            AwardAsync),
    };

    private readonly string change;

    private AuditScene(World world, string change) => (World, this.change) = (world, change);

    public static IEnumerable<string> Names => Changes.Keys;

    public World World { get; }

    public string Subject => Changes[change].Subject;

    public static async Task<AuditScene> SetAsync(string change)
    {
        var world = await World.CreateAsync();
        var worker = world.StartWorker();
        await world.Seed.AddUsersAsync([User]);
        await PutCertificationAsync(worker, Code.Value);
        await worker.Get<GroupService>().PutAsync(Group, "one", Precondition.None, By.Hand, CancellationToken.None);
        await worker.Get<BranchService>().PutAsync(Branch, "one", null, Precondition.None, By.Hand, CancellationToken.None);
        await worker.Get<ExternalTrainingService>().PutAsync(Training, "one", null, Precondition.None, By.Hand, CancellationToken.None);
        await worker.PostAsync(Code, AwardRequests.Users([User], expiresOn: "2026-12-31"));
        return new AuditScene(world, change);
    }

    public Task MakeAsync(Worker worker) => Changes[change].Make(worker);

    public Task<object?> ReadAsync() => Changes[change].Read(World.StartWorker());

    /// <summary>What timers do, later.</summary>
    public async Task SweepAsync()
    {
        World.Time.Advance(2 * UserFollowUpService.Abandoned);
        var worker = World.StartWorker();
        await worker.Get<IAuditSweep>().RunAsync(CancellationToken.None);
        await worker.Get<UserService>().RepairRenamesAsync(CancellationToken.None);
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<RecordedEntry>> EntriesAsync() => (await World.StartWorker().Get<IAuditTrail>().ListAsync(
        new AuditFilter(null, null, null, Subject), new PageRequest(Limits.PageSize, null), CancellationToken.None)).Items;

    /// <summary>The keys of what lies in any outbox, or waits for it to be told whether it was done.</summary>
    public async Task<IReadOnlyList<string>> LettersAsync()
    {
        var found = new List<string>();
        foreach (var name in StorageNames.In(typeof(StorageNames.Tables)))
        {
            var rows = World.Storage.Table(name).QueryAsync<TableEntity>(row => row.RowKey.CompareTo("!audit!") >= 0 && row.RowKey.CompareTo("!audit\"") < 0);
            found.AddRange(await rows.Where(row => row.GetBoolean("refused") is null).Select(row => $"{name} {row.PartitionKey} {row.RowKey}").ToListAsync());
        }

        return found;
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static async Task PutCertificationAsync(Worker worker, string code) => await worker.Get<CertificationService>().PutAsync(
        CertificationCode.Parse(code),
        former => former with { Title = "Fire", Activities = [CompletionOf().Activity] },
        Precondition.None,
        By.Hand,
        CancellationToken.None);

    private static Completion CompletionOf() => new(User, new Activity(ActivityType.Course, LmsId.Parse("C-1")), "Fire", new DateOnly(2026, 11, 25));

    private static Provenance ProvenanceOf() =>
        new("lms", new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), null, new Origin(MessageId: "m-1", Event: "course.enrollment.completed"));

    private static AwardEdit EditOf(string expiresOn) =>
        new(terms => terms with { ExpiresOn = CalendarDate.Parse(expiresOn), AlwaysValid = false }, "checked");

    private static async Task PutUserAsync(Worker worker, LmsId id, string username) => await worker.Get<UserService>().PutAsync(
        id, new UserEdit(username, "A", "B", null, Branch, null), Precondition.None, at: null, By.Hand, CancellationToken.None);

    private static async Task<object?> CertificationAsync(Worker worker, string code) =>
        (await worker.Get<ICertificationStore>().FindAsync(CertificationCode.Parse(code), CancellationToken.None))?.Certification.Version;

    private static async Task<object?> UserAsync(Worker worker, LmsId id) => (await worker.Get<IUserStore>().FindAsync(id, CancellationToken.None))?.Version;

    private static async Task<object?> GroupAsync(Worker worker) => (await worker.Get<IGroupStore>().FindAsync(Group, CancellationToken.None))?.Version;

    private static async Task<object?> MemberAsync(Worker worker) =>
        await worker.Get<IMemberStore>().ContainsAsync(MemberSource.Group(Group), User, CancellationToken.None);

    private static async Task<object?> BranchAsync(Worker worker, LmsId id) =>
        (await worker.Get<IBranchStore>().FindAsync(id, CancellationToken.None))?.Version;

    private static async Task<object?> AwardAsync(Worker worker) => (await worker.Get<IAwardStore>().FindAsync(Code, User, CancellationToken.None))?.Award.Version;
}
