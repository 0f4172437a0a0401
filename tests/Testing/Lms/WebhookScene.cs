using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Lms;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Testing.Lms;

/// <summary>The webhooks with all that they change, in memory.</summary>
public sealed class WebhookScene
{
    public WebhookScene(TimeZoneInfo? zone = null)
    {
        Users = new FakeUserStore(Time);
        Members = new FakeMemberStore(Users);
        Awards = new FakeAwardStore(Time, Users);
        Completions = new FakeCompletionStore(Awards);
        var clock = new OrganisationClock(Time, zone ?? TimeZoneInfo.Utc);
        UserService = Users.Service(Branches, Awards, new AwaitedArrivals(DeadLetters, Queue));
        BranchService = new BranchService(Branches, new BranchGates(Users.Gates, Branches), Members, Time);
        Groups = new GroupService(GroupStore, Members, Users, Time);
        var completions = new CompletionService(Users, Completions, Certifications, Awards, new UserFollower(Users, Awards));
        Elements = new ElementService(
            UserService, Groups, BranchService, new ExternalTrainingService(Trainings, Time), completions, clock);
        Webhooks = new WebhookService(Messages, Queue, DeadLetters, Elements, Time);
        Letters = new DeadLetterService(DeadLetters, Elements, Users, Time);
    }

    public FakeTimeProvider Time { get; } = new(Sample.Now);

    public FakeUserStore Users { get; }

    public FakeAwardStore Awards { get; }

    public FakeCompletionStore Completions { get; }

    public FakeMemberStore Members { get; }

    public FakeBranchStore Branches { get; } = new();

    public FakeGroupStore GroupStore { get; } = new();

    public FakeExternalTrainingStore Trainings { get; } = new();

    public FakeCertificationStore Certifications { get; } = new();

    public FakeWebhookStore Messages { get; } = new();

    public FakeWebhookQueue Queue { get; } = new();

    public FakeDeadLetterStore DeadLetters { get; } = new();

    public UserService UserService { get; }

    public BranchService BranchService { get; }

    public GroupService Groups { get; }

    public ElementService Elements { get; }

    public WebhookService Webhooks { get; }

    public DeadLetterService Letters { get; }

    private int Sent { get; set; }

    /// <summary>Receives and applies a message of its own.</summary>
    public async Task<AppliedWebhook> SendAsync(string name, params string[] payloads)
    {
        var id = $"m-{++Sent}";
        await ReceiveAsync(LmsMessage.Of(id, name, payloads));
        return (await Webhooks.ApplyAsync(WebhookKey.Of(id), CancellationToken.None))!;
    }

    public Task<Outcome<int>> ReceiveAsync(string body) => Webhooks.ReceiveAsync(Encoding.UTF8.GetBytes(body), CancellationToken.None);

    /// <summary>A certification that completing the course awards.</summary>
    public CertificationCode AddCertification(string code, ActivityType type = ActivityType.Course, string activity = "C-101")
    {
        var certification = Sample.Certification(code) with { Activities = [new Activity(type, Sample.Id(activity))] };
        Certifications.Add(certification);
        return certification.Code;
    }

    public async Task<Award?> AwardOfAsync(CertificationCode code, string userId) =>
        (await Awards.FindAsync(code, Sample.Id(userId), CancellationToken.None))?.Award;

    public Task<User?> UserAsync(string userId) => Users.FindAsync(Sample.Id(userId), CancellationToken.None);
}
