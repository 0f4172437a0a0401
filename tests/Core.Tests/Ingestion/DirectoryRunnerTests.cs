using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Records;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Ingestion;

public sealed class DirectoryRunnerTests
{
    private readonly FakeTimeProvider time = new(TestJob.At);
    private readonly FakeAwardStore runs = new();
    private readonly FakeUserStore users;
    private readonly FakeMemberStore members;
    private readonly FakeBranchStore branches = new();
    private readonly DirectoryRunner runner;
    private Job job = TestJob.Queued();

    public DirectoryRunnerTests()
    {
        users = new FakeUserStore(time);
        members = new FakeMemberStore(users);
        var service = users.Service(branches, runs, new FakeUserArrivals());
        runner = new DirectoryRunner(
            runs, new UserImport(service, new FakeManifestStore()), new GroupService(new FakeGroupStore(), members, users, time), new BranchService(branches, new BranchGates(users.Gates, branches), members, time));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(DirectoryRunner.BranchesPerCommit)]
    [InlineData(DirectoryRunner.BranchesPerCommit + 1)]
    public async Task Every_row_has_a_result_in_its_place(int rows)
    {
        var tasks = Enumerable.Range(0, rows).Select(n => BranchTask($"b-{n:d3}", null) with { Line = n + 2 }).ToList();

        var results = await RunAsync(tasks);

        Assert.Equal(tasks.Select(task => (task.Line, ChangeOutcome.Updated)), results.Select(result => (result.Line, result.Outcome)));
    }

    /// <summary>The same file again, as every night: what a job before this one wrote is as it was.</summary>
    [Fact]
    public async Task What_is_as_it_was_is_skipped()
    {
        RunTask[] tasks = [UserTask("u-1"), GroupTask("g-1", "Drivers", "u-1"), GroupTask("g-1", "Drivers", null), BranchTask("b-1", null)];
        await RunAsync(tasks[..1]);
        NextJob();
        await RunAsync(tasks);
        NextJob();

        Assert.All(await RunAsync(tasks), result => Assert.Equal((ChangeOutcome.Skipped, "unchanged"), (result.Outcome, result.Code)));
    }

    [Fact]
    public async Task A_row_that_fails_leaves_the_others_alone()
    {
        users.Add(Sample.User("u-1"));

        var results = await RunAsync([GroupTask("g-1", "Drivers", "none"), GroupTask("g-1", "Drivers", "u-1"), BranchTask("b-1", "none"), BranchTask("b-2", null)]);

        Assert.Equal(["user_not_found", null, "branch_not_found", null], results.Select(result => result.Code));
        Assert.True(await members.ContainsAsync(MemberSource.Group(Sample.Id("g-1")), Sample.Id("u-1"), Cancellation));
    }

    [Fact]
    public async Task Branches_come_one_after_the_other_parents_first()
    {
        var results = await RunAsync([.. Enumerable.Range(1, 30).Select(n => BranchTask($"b-{n}", n == 1 ? null : $"b-{n - 1}"))]);

        Assert.All(results, result => Assert.Equal(ChangeOutcome.Updated, result.Outcome));
        Assert.Equal(30, (await branches.ReadTreeAsync(Cancellation)).WithDescendants(Sample.Id("b-1")).Count);
    }

    [Fact]
    public async Task The_name_in_a_groups_last_row_counts()
    {
        users.Add(Sample.User("u-1"));

        await RunAsync([GroupTask("g-1", "Drivers", "u-1"), GroupTask("g-1", "Cranes", null)]);

        Assert.Equal((ChangeOutcome.Skipped, ChangeOutcome.Updated), (await AgainAsync("Cranes"), await AgainAsync("Drivers")));

        async Task<ChangeOutcome> AgainAsync(string name)
        {
            NextJob();
            return Assert.Single(await RunAsync([GroupTask("g-1", name, null)])).Outcome;
        }
    }

    private void NextJob()
    {
        time.Advance(TimeSpan.FromMinutes(1));
        job = TestJob.Queued(time.GetUtcNow());
    }

    private async Task<IReadOnlyList<JobResult>> RunAsync(IReadOnlyList<RunTask> tasks)
    {
        var run = new RunTasks(0, Shard.Numbered(0), tasks);
        await runner.RunAsync(job, run, isNew: true, Cancellation);
        return await Walk.AllAsync(Limits.PageSize, page => runs.ListResultsAsync(new RunKey(job.Id, 0, Shard.Numbered(0)), null, page, Cancellation));
    }

    private static UserTask UserTask(string id) => new(new UserEdit(id, "Ada", "Lovelace", null, null, null)) { UserId = Sample.Id(id) };

    private static GroupTask GroupTask(string id, string name, string? user) => new(Sample.Id(id), name) { UserId = user is null ? null : Sample.Id(user) };

    private static BranchTask BranchTask(string id, string? parent) => new(Sample.Id(id), id, parent is null ? null : Sample.Id(parent));
}
