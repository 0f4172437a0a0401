using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awarding.Plans;
using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.FullSync;
using CertFunctions.Core.Ingestion.Rows;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Records;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Testing.Jobs;

/// <summary>Everything that awarding needs, in memory, with one certification FIRE-1 (24 months).</summary>
public sealed class JobWorld
{
    public static readonly CertificationCode Fire = CertificationCode.Parse("FIRE-1");

    public JobWorld(int confirmAbove = Limits.ConfirmAbove, TimeSpan? timeBeforeAnswer = null, ImportSettings? importSettings = null)
    {
        Clock = new OrganisationClock(Time, TimeZoneInfo.Utc);
        Members = new FakeMemberStore(Users);
        Awards = new FakeAwardStore(Time, Users);
        Files = new FakeImportFiles(Time);
        Completions = new FakeCompletionStore(Awards);
        Validity.TryCreate(24, ValidityUnit.Months, out var validity);
        Certifications.Add(new Certification
        {
            Code = Fire,
            Title = "Fire warden",
            Validity = validity,
            CreatedAt = TestJob.At,
            UpdatedAt = TestJob.At,
            Version = 1,
        });
        var reader = new SelectionReader(Members);
        Service = new JobService(Jobs, Queue, IsTrouble);
        Progress = new JobProgress(Jobs, Awards, Queue, Clock);
        var users = Users.Service(Branches, Awards, new FakeUserArrivals());
        var branches = new BranchService(Branches, new BranchGates(Users.Gates, Branches), Members, Time);
        var directory = new DirectoryRunner(Awards, new UserImport(users, Manifests), new GroupService(Groups, Members, Users, Time), branches);
        var awards = new AwardRunner(
            Awards, Certifications, new TaskDecisions(Awards, Users, Completions, Clock), new UndoDecisions(Awards, Users, Completions), new UserFollower(Users, Awards));
        var settings = new AwardUsersSettings(confirmAbove);
        var readers = new CsvTaskReaders(Certifications, Users, Trainings);
        var listing = new TaskListing(Jobs, Manifests, Clock, TaskListingSettings.Default);
        var report = new PartedReport(Files, Clock, importSettings ?? ImportSettings.Default);
        var tasks = new RetroactiveTasks(Certifications, Completions);
        var undo = new UndoJobRunner(Jobs, Awards, Manifests, awards, Clock, settings, TaskListingSettings.Default);
        var checker = new PlanChecker(Jobs, Awards, Awards, Users, Certifications, Clock, TaskListingSettings.Default);
        var runners = new JobRunners([
            new AwardUsersJobRunner(listing, Selections, reader, awards, Clock, settings),
            new RetroactiveJobRunner(listing, tasks, awards, Clock, settings),
            undo,
            new ImportJobRunner(
                new ImportReader(Files, Imports, Manifests, readers, Jobs, Clock, importSettings ?? ImportSettings.Default),
                awards,
                directory,
                new ImportReporter(report, Files, Imports, Awards),
                new FullSyncService(Service, Clock)),
            new DeactivateMissingJobRunner(
                Jobs, Imports, new MissingUsersReader(Users, Manifests), listing, Awards, users,
                new MissingUsersReporter(report, Awards, Users), Clock, new FullSyncSettings(confirmAbove)),
        ]);
        Steps = new JobStepService(Jobs, Awards, Queue, runners, Progress, new JobStop(Manifests, Awards, Progress), checker);
        Runs = new JobRunService(Jobs, Manifests, Awards, Queue, runners, Progress);
        Sweeper = new SweepService(Jobs, Awards, Queue, Progress, Clock, SweepSettings.Default);
        Results = new JobResultsService(Awards);
        Control = new JobControlService(Jobs, Queue, IsTrouble, Clock);
        Retroactive = new RetroactiveService(Certifications, Jobs, Service, tasks, Clock, settings);
        var small = new SmallJobs(Jobs, Service, Runs, Steps, IsTrouble, Clock, new SmallJobSettings(timeBeforeAnswer ?? Limits.TimeBeforeAnswer));
        Plans = new PlanService(Jobs, Service, checker, small, Clock);
        Undoing = new UndoService(Jobs, Service, undo, small, Clock, settings);
        Awarding = new AwardUsersService(
            Certifications, new SelectionResolver(Groups, Branches), reader, new AssociationRules(Trainings), Jobs, Selections, Service, small, awards, Progress,
            Clock, settings);
    }

    public FakeTimeProvider Time { get; } = new(TestJob.At);

    public OrganisationClock Clock { get; }

    public FakeCertificationStore Certifications { get; } = new();

    public FakeUserStore Users { get; } = new();

    public FakeMemberStore Members { get; }

    public FakeGroupStore Groups { get; } = new();

    public FakeBranchStore Branches { get; } = new();

    public FakeExternalTrainingStore Trainings { get; } = new();

    public FakeAwardStore Awards { get; }

    public FakeCompletionStore Completions { get; }

    public FakeJobStore Jobs { get; } = new();

    public FakeJobQueue Queue { get; } = new();

    public FakeSelectionStore Selections { get; } = new();

    public FakeManifestStore Manifests { get; } = new();

    public FakeImportFiles Files { get; }

    public FakeImportStore Imports { get; } = new();

    public JobProgress Progress { get; }

    public JobService Service { get; }

    public JobRunService Runs { get; }

    public JobStepService Steps { get; }

    public SweepService Sweeper { get; }

    public JobResultsService Results { get; }

    public JobControlService Control { get; }

    public AwardUsersService Awarding { get; }

    public RetroactiveService Retroactive { get; }

    public PlanService Plans { get; }

    public UndoService Undoing { get; }

    private static bool IsTrouble(Exception exception) => exception is IOException;

    /// <summary>Users u-0, u-1, … and their ids.</summary>
    public IReadOnlyList<LmsId> AddUsers(int count)
    {
        var ids = Enumerable.Range(0, count).Select(n => LmsId.Parse($"u-{n}")).ToList();
        foreach (var id in ids)
        {
            Users.Add(UserOf(id));
        }

        return ids;
    }

    public LmsId AddGroup(string id, IEnumerable<LmsId> members)
    {
        var groupId = LmsId.Parse(id);
        Groups.Add(new Group { Id = groupId, Name = id, CreatedAt = TestJob.At, UpdatedAt = TestJob.At, Version = 1 });
        Members.Add(new MemberSource(MemberSourceType.Group, groupId), members);
        return groupId;
    }

    public static User UserOf(LmsId id) => new()
    {
        Id = id,
        Username = $"name.{id}",
        FirstName = "Ada",
        LastName = id.Value,
        CreatedAt = TestJob.At,
        UpdatedAt = TestJob.At,
        Version = 1,
    };

    public static AwardUsersRequest Request(IReadOnlyList<LmsId>? users = null, params IReadOnlyList<LmsId> groups) => new()
    {
        Users = users ?? [],
        Groups = groups,
        Branches = [],
        Terms = new AwardTerms(null, null, false, Association.Manual),
    };

    /// <summary>A job whose runs award a user each, as many as are wanted; its messages are sent.</summary>
    public async Task<JobId> StartRunsAsync(int runs, string usersPrefix = "u-")
    {
        var ids = Enumerable.Range(0, runs).Select(n => LmsId.Parse($"{usersPrefix}{n}")).Order(ShardOrder.Instance).ToList();
        ids.ForEach(id => Users.Add(UserOf(id)));
        var job = TestJob.Queued(Clock.Now);
        var manifest = await Manifests.WriteAsync(
            job.Id, ids.Select((id, run) => new RunTasks(run, Shard.Of(id), [.. TestJob.TasksOf([id])])).ToAsyncEnumerable(), CancellationToken.None);
        await Jobs.TryAddAsync(job.Resolved(manifest, Clock.Now), null, CancellationToken.None);
        await Steps.AdvanceAsync(job.Id, CancellationToken.None);
        return job.Id;
    }

    public async Task<BegunJob> AwardAsync(AwardUsersRequest request)
    {
        var outcome = await Awarding.AwardAsync(Fire, request, "tester", new ReservedJobId(JobId.New(Clock.Now), IsNew: false), CancellationToken.None);
        return outcome.IsDone(out var done, out var why) ? done : throw new InvalidOperationException(why.Detail);
    }

    /// <summary>Delivers every message until none is left, each once.</summary>
    public async Task DeliverAllAsync()
    {
        while (!Queue.Steps.IsEmpty || !Queue.Runs.IsEmpty)
        {
            while (await DeliverStepAsync())
            {
            }

            await DeliverRunsAsync();
        }
    }

    public async Task DeliverRunsAsync(int atMost = int.MaxValue)
    {
        for (var delivered = 0; delivered < atMost && await DeliverRunAsync(); delivered++)
        {
        }
    }

    /// <summary>Delivers the message of one run, as the trigger does.</summary>
    /// <returns>False: there was none.</returns>
    public async Task<bool> DeliverRunAsync()
    {
        var isThere = Queue.Runs.TryDequeue(out var run);
        await (isThere ? Runs.ProcessAsync(run.JobId, run.Run, CancellationToken.None) : Task.CompletedTask);
        return isThere;
    }

    /// <summary>Delivers one message, as the trigger does.</summary>
    /// <returns>False: there was none.</returns>
    public async Task<bool> DeliverStepAsync()
    {
        var isThere = Queue.Steps.TryDequeue(out var id);
        await (isThere ? Steps.AdvanceAsync(id!, CancellationToken.None) : Task.CompletedTask);
        return isThere;
    }

    public async Task<Job> JobAsync(JobId id) =>
        await Progress.WithCountsAsync((await Jobs.FindAsync(id, CancellationToken.None))!.Job, CancellationToken.None);

    public async Task<int> HoldersAsync()
    {
        var found = 0;
        foreach (var shard in Shard.All)
        {
            var ids = Enumerable.Range(0, 3_000).Select(n => LmsId.Parse($"u-{n}")).Where(id => Shard.Of(id) == shard).ToList();
            found += (await Awards.FindManyAsync(Fire, shard, ids, CancellationToken.None)).Values.Count(stored => stored.Award.Held);
        }

        return found;
    }
}
