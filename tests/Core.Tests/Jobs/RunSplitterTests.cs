using CertFunctions.Core.Jobs;
using CertFunctions.Testing.Records;
using CsCheck;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class RunSplitterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cuts_nobody_into_no_runs() => Assert.Empty(await SplitAsync([]));

    [Theory]
    [InlineData(RunSplitter.TasksPerRun, 1)]
    [InlineData(RunSplitter.TasksPerRun + 1, 2)]
    public async Task Puts_a_thousand_users_of_a_shard_into_a_run(int users, int runs)
    {
        var ofOneShard = Enumerable.Range(0, int.MaxValue).Select(n => LmsId.Parse($"u-{n}")).Where(id => Shard.Of(id).Number == 3).Take(users);

        Assert.Equal(runs, (await SplitAsync([.. ofOneShard.Order(ShardOrder.Instance)])).Count);
    }

    [Fact]
    public async Task Numbers_runs_keeps_each_in_one_shard_and_loses_nobody() =>
        await Gen.Int[0, 99_999].Select(n => LmsId.Parse($"u-{n}")).HashSet[0, 400].SampleAsync(async users =>
        {
            var sorted = users.Order(ShardOrder.Instance).ToList();
            var runs = await SplitAsync(sorted);
            return runs.Select(run => run.Run).SequenceEqual(Enumerable.Range(0, runs.Count))
                && runs.All(run => run.Tasks.All(task => Shard.Of(task.UserId!) == run.Shard))
                && runs.SelectMany(run => run.Tasks.Select(task => task.UserId)).SequenceEqual(sorted);
        }, iter: 50);

    [Fact]
    public async Task Cuts_few_users_as_it_cuts_many()
    {
        IReadOnlyList<LmsId> users = [.. Enumerable.Range(0, 100).Select(n => LmsId.Parse($"u-{n}")).Order(ShardOrder.Instance)];

        var many = await SplitAsync(users);

        Assert.Equal(
            many.Select(run => (run.Run, run.Shard, string.Join(',', run.Tasks.Select(task => task.UserId)))),
            RunSplitter.SplitFew(TestJob.TasksOf(users)).Select(run => (run.Run, run.Shard, string.Join(',', run.Tasks.Select(task => task.UserId)))));
    }

    private static async Task<List<RunTasks>> SplitAsync(IReadOnlyList<LmsId> users) =>
        await RunSplitter.SplitAsync(TestJob.TasksOf(users).ToAsyncEnumerable(), Cancellation).ToListAsync(Cancellation);
}
