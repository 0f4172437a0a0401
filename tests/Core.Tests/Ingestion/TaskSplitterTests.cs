using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Records;

namespace CertFunctions.Core.Tests.Ingestion;

public sealed class TaskSplitterTests
{
    private static readonly CertificationCode Fire = CertificationCode.Parse("FIRE-1");
    private static readonly AwardOrder Order = TestJob.Work.Order;

    [Fact]
    public void Keeps_every_task_once_each_shard_for_itself_in_the_order_of_the_file()
    {
        var tasks = Enumerable.Range(2, 5_000).Select(line => Award($"u-{line}", line)).ToList();

        var runs = TaskSplitter.Split(ImportKind.Awards, tasks).ToList();

        Assert.Equal(Enumerable.Range(0, runs.Count), runs.Select(run => run.Run));
        Assert.All(runs, run => Assert.All(run.Tasks, task => Assert.Equal(run.Shard, Shard.Of(task.UserId!))));
        Assert.All(runs, run => Assert.Equal(run.Tasks.OrderBy(task => task.Line), run.Tasks));
        Assert.Equal(tasks.Select(task => task.Line), runs.SelectMany(run => run.Tasks).Select(task => task.Line).Order());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(RunSplitter.TasksPerRun, 1)]
    [InlineData(RunSplitter.TasksPerRun + 1, 2)]
    public void Begins_another_run_when_one_is_full(int count, int runs) =>
        Assert.Equal(runs, TaskSplitter.Split(ImportKind.Awards, [.. Enumerable.Range(2, count).Select(line => Award("u-1", line, $"C-{line}"))]).Count());

    [Fact]
    public void Has_the_tasks_for_one_award_in_one_run_one_behind_the_other_and_behind_the_first_ones_of_all()
    {
        var ids = Enumerable.Range(0, int.MaxValue).Select(n => $"u-{n}").Where(id => Shard.Of(LmsId.Parse(id)).Number == 3).Take(450).ToList();
        var tasks = Enumerable.Range(0, 3).SelectMany(turn => ids.Select((id, n) => Award(id, 2 + n + (turn * 450)))).ToList();

        var runs = TaskSplitter.Split(ImportKind.Awards, tasks).ToList();

        Assert.Equal([999, 351], runs.Select(run => run.Tasks.Count));
        Assert.Equal(450, runs.Sum(run => run.Tasks.Select(task => task.UserId).Distinct().Count()));
        Assert.All(runs, run => Assert.Equal(run.Tasks.OrderBy(task => task.Line), run.Tasks));
    }

    [Fact]
    public void Leaves_a_tree_of_branches_in_one_run()
    {
        var branches = Enumerable.Range(2, 3_000).Select(line => new BranchTask(LmsId.Parse($"b-{line}"), "B", null) { Line = line });

        Assert.Single(TaskSplitter.Split(ImportKind.Branches, [.. branches]));
    }

    [Fact]
    public void Brings_users_and_members_as_they_lie_in_the_store_and_loses_no_bad_row_between_them()
    {
        static DecidedTask Bad(int line) => new(ChangeOutcome.Failed, "date_invalid", "No.") { Line = line };
        var ids = Enumerable.Range(2, 3_000).Select(line => LmsId.Parse($"u-{line}")).ToList();
        var users = ids.Select((id, line) => new UserTask(new UserEdit("x", "", "", null, null, null)) { UserId = id, Line = line });
        var members = ids.Select((id, line) => new GroupTask(LmsId.Parse($"g-{line % 2}"), "G") { UserId = id, Line = line });

        var ofUsers = TaskSplitter.Split(ImportKind.Users, [Bad(3_001), .. users, Bad(3_002), Bad(3_003) with { UserId = LmsId.Parse("bad") }]).ToList();
        var ofGroups = TaskSplitter.Split(ImportKind.Groups, [.. members, .. Enumerable.Range(3_000, 100).Select(Bad)]).ToList();

        Assert.Equal(3_003, ofUsers.SelectMany(run => run.Tasks).Select(task => task.Line).Distinct().Count());
        Assert.Equal(3_100, ofGroups.SelectMany(run => run.Tasks).Select(task => task.Line).Distinct().Count());
        Assert.Equal([.. ids.Append(LmsId.Parse("bad")).Order(ShardOrder.Instance), null, null], ofUsers.SelectMany(run => run.Tasks).Select(task => task.UserId));
        Assert.All(ofGroups, run => Assert.All(
            run.Tasks.OfType<GroupTask>().GroupBy(task => task.GroupId),
            group => Assert.Equal(group.Select(task => task.UserId!).Order(ShardOrder.Instance), group.Select(task => task.UserId!))));
    }

    [Fact]
    public void Spreads_rows_that_name_nobody_over_the_shards()
    {
        var rows = Enumerable.Range(1, 20_000).Select(line => new DecidedTask(ChangeOutcome.Failed, "user_not_found", "No.") { Line = line });

        Assert.Equal(Shard.Count, TaskSplitter.Split(ImportKind.Awards, [.. rows]).Select(run => run.Shard).Distinct().Count());
    }

    private static AwardTask Award(string user, int line, string? code = null) =>
        new(code is null ? Fire : CertificationCode.Parse(code), Order) { UserId = LmsId.Parse(user), Line = line };
}
