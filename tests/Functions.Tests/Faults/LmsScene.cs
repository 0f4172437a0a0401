using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Lms;
using CertFunctions.Testing;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>An LMS tells of a new user, of one that is gone, and of what they completed: one message of each kind, one of its elements bad.</summary>
internal sealed class LmsScene : IAsyncDisposable
{
    private static readonly LmsId Joiner = LmsId.Parse("joiner");
    private static readonly LmsId Group = LmsId.Parse("drivers");
    private static readonly LmsId[] Known = [.. Seed.Ids(2)];

    private CertificationCode code = null!;

    private LmsScene(World world) => World = world;

    public World World { get; }

    public static IReadOnlyList<string> Messages { get; } =
    [
        LmsMessage.Of("m-created", "user.created", User("10:00:00", "new", "uk")),
        LmsMessage.Of("m-updated", "user.updated", User("10:05:00", "newer", "fr")),
        LmsMessage.Of(
            "m-completed",
            "course.enrollment.completed",
            LmsMessage.Course("joiner", "C-101"),
            """{"user_id":"joiner","completion_date":"never"}""",
            LmsMessage.Course(Known[0].Value, "C-101")),
        LmsMessage.Of("m-added", "group.member.added", Member("10:10:00")),
        LmsMessage.Of("m-removed", "group.member.removed", Member("10:08:00")),
        LmsMessage.Of("m-deleted", "user.deleted", $$"""{"fired_at":"2026-11-24 11:00:00","user_id":"{{Known[1]}}"}"""),
        LmsMessage.Of("m-late", "user.updated", $$"""{"fired_at":"2026-11-24 10:30:00","user_id":"{{Known[1]}}","last_name":"Gone"}"""),
    ];

    public static async Task<LmsScene> SetAsync()
    {
        var scene = new LmsScene(await World.CreateAsync());
        await scene.World.Seed.AddUsersAsync(Known);
        scene.code = CertificationCode.Parse("FIRE-1");
        await scene.World.StartWorker().Get<CertificationService>().PutAsync(
            scene.code,
            former => former with { Title = "Fire", Activities = [new Activity(ActivityType.Course, LmsId.Parse("C-101"))] },
            Precondition.None, By.Hand,
            CancellationToken.None);

        // The messages come after all that they tell of.
        scene.World.Time.Advance(TimeSpan.FromHours(2));
        return scene;
    }

    public async Task SendAsync(IEnumerable<string> messages)
    {
        var webhooks = World.StartWorker().Get<WebhookService>();
        foreach (var message in messages)
        {
            await webhooks.ReceiveAsync(Encoding.UTF8.GetBytes(message), CancellationToken.None);
        }
    }

    /// <summary>Everything that is waiting, and then what timers do.</summary>
    public async Task RunToEndAsync()
    {
        await World.Queues.RunToEndAsync(World.StartWorker());
        World.Time.Advance(2 * UserFollowUpService.Abandoned);
        var worker = World.StartWorker();
        await worker.Get<UserService>().RepairAsync(CancellationToken.None);
        await worker.Get<DeadLetterService>().ReleaseAllAsync(CancellationToken.None);
        await World.Queues.RunToEndAsync(worker);
    }

    /// <summary>What the messages have brought about, and what the checker finds wrong.</summary>
    public async Task<string> StateAsync()
    {
        var worker = World.StartWorker();
        var (users, awards, members) = (worker.Get<IUserStore>(), worker.Get<IAwardStore>(), worker.Get<IMemberStore>());
        var lines = new List<string>(await World.CheckAsync());
        foreach (var id in Known.Append(Joiner))
        {
            var user = await users.FindAsync(id, CancellationToken.None);
            var award = (await awards.FindAsync(code, id, CancellationToken.None))?.Award;
            lines.Add($"{id}: {user?.Username} {user?.LastName} {user?.BranchId} {user?.Active}; {award?.Version} {award?.IssuedOn:O} {award?.Change.Origin?.MessageId}");
        }

        foreach (var source in new[] { MemberSource.Group(Group), MemberSource.Branch(LmsId.Parse("uk")), MemberSource.Branch(LmsId.Parse("fr")) })
        {
            lines.Add($"{source.Type} {source.Id}: {string.Join(' ', (await members.ListAsync(source, new PageRequest(100, null), CancellationToken.None)).Items)}");
        }

        var letters = await worker.Get<DeadLetterService>().ListAsync(null, null, new PageRequest(Limits.PageSize, null), CancellationToken.None);
        lines.AddRange(letters.Items.Select(letter => $"{letter.Element.MessageId} {letter.Element.Index} {letter.Code}"));
        return string.Join(Environment.NewLine, lines);
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();

    private static string User(string time, string lastName, string branch) =>
        $$"""{"fired_at":"2026-11-20 {{time}}","user_id":"joiner","username":"joiner.{{lastName}}","first_name":"New","last_name":"{{lastName}}","branch_id":"{{branch}}"}""";

    private static string Member(string time) => $$"""{"fired_at":"2026-11-20 {{time}}","group_id":"drivers","user_id":"joiner"}""";
}
