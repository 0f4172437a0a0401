using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Jobs;
using CertFunctions.Testing.Records;

namespace CertFunctions.Core.Tests.Awarding;

public sealed class AwardRunnerTests
{
    private readonly JobWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Shows_the_new_name_of_whoever_is_renamed_while_the_run_writes()
    {
        var (job, run) = JobOf(world.AddUsers(1));
        var users = new RenamedOnceRead(world.Users);

        await RunAsync(users, job, run);

        var award = await world.Awards.FindAsync(JobWorld.Fire, run.Tasks[0].UserId!, Cancellation);
        Assert.Equal("Renamed", award!.User.LastName);
        Assert.Equal(1, award.Award.Version);
    }

    [Fact]
    public async Task Takes_few_users_for_new_and_decides_again_where_they_are_not()
    {
        var (job, run) = JobOf(world.AddUsers(1));
        await RunAsync(world.Users, job, run);
        var (again, sameUsers) = JobOf([.. run.Tasks.Select(task => task.UserId!)]);

        var (_, receipt, results) = await RunAsync(world.Users, again, sameUsers);

        Assert.Equal("already_held", Assert.Single(results).Code);
        Assert.Equal(1, receipt.Counts.Skipped);
    }

    [Fact]
    public async Task Shows_the_new_name_of_whoever_was_renamed_behind_what_a_crashed_runner_had_stored()
    {
        var (job, run) = JobOf([.. world.AddUsers(100).GroupBy(Shard.Of).MaxBy(shard => shard.Count())!.Order(ShardOrder.Instance)]);
        var first = run.Tasks[0].UserId!;
        var crashed = await world.Awards.OpenAsync(new RunKey(job.Id, run.Run, run.Shard), JobTurn.First, isNew: true, Cancellation);
        var stored = AwardSamples.WriteOf(AwardSamples.New(JobWorld.Fire, first), JobWorld.UserOf(first).Shown);
        await crashed.CommitAsync([AwardSamples.TaskOf(stored)], Cancellation);
        world.Users.Add(JobWorld.UserOf(first) with { LastName = "Renamed" });

        var (_, receipt, results) = await RunAsync(world.Users, job, run);

        Assert.Equal((run.Tasks.Count, run.Tasks.Count - 1), (receipt.Next, results.Count));
        Assert.Equal("Renamed", (await world.Awards.FindAsync(JobWorld.Fire, first, Cancellation))!.User.LastName);
    }

    /// <summary>Of two awards of one user the first is stored under the old name, the second, decided again, under the new one.</summary>
    [Fact]
    public async Task Shows_the_new_name_in_all_awards_of_whoever_is_renamed_between_two_of_them()
    {
        var other = CertificationCode.Parse("OTHER");
        world.Certifications.Add(Sample.Certification(other.Value));
        var ids = world.AddUsers(1_000).GroupBy(Shard.Of).MaxBy(shard => shard.Count())!.Order(ShardOrder.Instance).Take(32).ToList();
        var order = ((AwardUsersWork)TestJob.Work).Order;
        RunTask[] tasks =
        [
            .. ids.Select(id => new AwardTask(JobWorld.Fire, order) { UserId = id }),
            new AwardTask(other, order) { UserId = ids[0] },
        ];
        var runs = new RefusedRuns(world.Awards, commit => commit == 1);

        await RunAsync(
            new RenamedOnceRead(world.Users), TestJob.Of(new RetroactiveWork(JobWorld.Fire)), new RunTasks(0, Shard.Of(ids[0]), tasks), runs, JobWorld.Fire, other);

        foreach (var code in new[] { JobWorld.Fire, other })
        {
            Assert.Equal("Renamed", (await world.Awards.FindAsync(code, ids[0], Cancellation))!.User.LastName);
        }
    }

    [Theory]
    [InlineData(Limits.WriteAttempts - 1, false)]
    [InlineData(Limits.WriteAttempts, true)]
    public async Task Gives_up_when_the_awards_have_changed_under_it_again_and_again(int times, bool givesUp)
    {
        var (job, run) = JobOf(world.AddUsers(1));

        var running = RunAsync(world.Users, job, run, new RefusedRuns(world.Awards, commit => commit < times), JobWorld.Fire);

        Assert.Equal(givesUp, await Record.ExceptionAsync(() => running) is TimeoutException);
        Assert.Equal(givesUp ? 0 : 1, await world.HoldersAsync());
    }

    private Task<AwardRun> RunAsync(IUserStore users, Job job, RunTasks run) =>
        RunAsync(users, job, run, world.Awards, JobWorld.Fire);

    private async Task<AwardRun> RunAsync(
        IUserStore users, Job job, RunTasks run, IRunStore runs, params CertificationCode[] codes)
    {
        var stored = await Task.WhenAll(codes.Select(code => world.Certifications.FindAsync(code, Cancellation)));
        var runner = new AwardRunner(runs, world.Certifications, new TaskDecisions(world.Awards, users, world.Completions, world.Clock), new UndoDecisions(world.Awards, users, world.Completions), new UserFollower(users, world.Awards));
        return await runner.RunAsync(job, stored.ToDictionary(found => found!.Certification.Code, found => found!.Certification), run, isNew: true, Cancellation);
    }

    private static (Job Job, RunTasks Run) JobOf(IReadOnlyList<LmsId> userIds)
    {
        var job = TestJob.OfFew([.. userIds.Select(id => id.Value)]);
        return (job, new RunTasks(0, Shard.Of(userIds[0]), [.. TestJob.TasksOf(userIds)]));
    }

    /// <summary>Somebody renames each user just after it was first read; the awards were not there yet to be renamed.</summary>
    private sealed class RenamedOnceRead(FakeUserStore users) : IUserStore
    {
        private bool isRenamed;

        public async Task<IReadOnlyDictionary<LmsId, User>> FindManyAsync(
            Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken)
        {
            var found = await users.FindManyAsync(shard, ids, cancellationToken);
            if (!isRenamed)
            {
                var stored = await users.FindManyStoredAsync(shard, ids, cancellationToken);
                await users.WriteManyAsync(
                    shard,
                    [.. stored.Values.Select(one => new UserWrite(new UserChange(one, one.User! with { LastName = "Renamed" }, null), one.Claim!, null))],
                    cancellationToken);
            }

            isRenamed = true;
            return found;
        }

        public Task<string?> FindShownRevisionAsync(Shard shard, CancellationToken cancellationToken) =>
            users.FindShownRevisionAsync(shard, cancellationToken);

        public Task<User?> FindAsync(LmsId id, CancellationToken cancellationToken) => users.FindAsync(id, cancellationToken);

        public IAsyncEnumerable<User> ReadAsync(LmsId? after, int pageSize, CancellationToken cancellationToken) =>
            users.ReadAsync(after, pageSize, cancellationToken);

        public Task<IReadOnlyDictionary<LmsId, StoredUser>> FindManyStoredAsync(
            Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) => users.FindManyStoredAsync(shard, ids, cancellationToken);

        public Task<Page<User>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken) =>
            users.ListAsync(search, page, cancellationToken);

        public Task<IReadOnlySet<LmsId>> WriteManyAsync(Shard shard, IReadOnlyList<UserWrite> writes, CancellationToken cancellationToken) =>
            users.WriteManyAsync(shard, writes, cancellationToken);

        public Task<bool> TryRememberDeletionAsync(StoredUser former, DateTimeOffset at, CancellationToken cancellationToken) =>
            users.TryRememberDeletionAsync(former, at, cancellationToken);
    }

    /// <summary>Some commits, counted from 0, find that an award has changed since it was read.</summary>
    private sealed class RefusedRuns(IRunStore runs, Func<int, bool> refuses) : IRunStore
    {
        public async Task<IRunWriter> OpenAsync(RunKey run, JobTurn turn, bool isNew, CancellationToken cancellationToken) =>
            new Writer(await runs.OpenAsync(run, turn, isNew, cancellationToken), refuses);

        public Task<IReadOnlyList<RunReceipt>> ListReceiptsAsync(JobId jobId, CancellationToken cancellationToken) =>
            runs.ListReceiptsAsync(jobId, cancellationToken);

        public Task<Page<JobResult>> ListResultsAsync(RunKey run, ChangeOutcome? outcome, PageRequest page, CancellationToken cancellationToken) =>
            runs.ListResultsAsync(run, outcome, page, cancellationToken);

        private sealed class Writer(IRunWriter writer, Func<int, bool> refuses) : IRunWriter
        {
            private int commits;

            public RunReceipt Receipt => writer.Receipt;

            public Task<IReadOnlyList<JobResult>?> FindFailedAsync(CancellationToken cancellationToken) => writer.FindFailedAsync(cancellationToken);

            public Task<CommitOutcome> CommitAsync(IReadOnlyList<TaskWrite> writes, CancellationToken cancellationToken) =>
                refuses(commits++) ? Task.FromResult<CommitOutcome>(new CommitOutcome.AwardChanged()) : writer.CommitAsync(writes, cancellationToken);

            public Task<CommitOutcome> StopAsync(IReadOnlyList<JobResult> unfinished, string reason, CancellationToken cancellationToken) =>
                writer.StopAsync(unfinished, reason, cancellationToken);
        }
    }
}
