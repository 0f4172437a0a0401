using CertFunctions.Core.Awarding;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Core.Tests.Awarding;

public sealed class RetroactiveTasksTests
{
    private static readonly Activity Course = new(ActivityType.Course, Sample.Id("C-1"));
    private static readonly Activity Plan = new(ActivityType.LearningPlan, Sample.Id("C-1"));
    private static readonly CertificationCode Code = CertificationCode.Parse("FIRE-1");

    private readonly FakeAwardStore awards = new();
    private readonly FakeCertificationStore certifications = new();
    private readonly FakeCompletionStore completions;
    private readonly RetroactiveTasks tasks;

    public RetroactiveTasksTests()
    {
        completions = new FakeCompletionStore(awards);
        certifications.Add(Sample.Certification("FIRE-1") with { Activities = [Course, Plan, Course] });
        tasks = new RetroactiveTasks(certifications, completions);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task There_is_nothing_to_do_for_nobody() => Assert.Empty(await ReadAsync());

    [Fact]
    public async Task Each_user_has_one_task_with_all_completions_the_oldest_first()
    {
        await KeepAsync(Of("u-1", 3), Of("u-1", 1), Of("u-1", 2, Plan), Of("u-1", 1, Plan), Of("u-2", 5));

        var found = await ReadAsync();

        Assert.Equal(
            [Of("u-1", 1), Of("u-1", 1, Plan), Of("u-1", 2, Plan), Of("u-1", 3)],
            found.Single(task => task.UserId == Sample.Id("u-1")).Completions);
        Assert.Equal([Of("u-2", 5)], found.Single(task => task.UserId == Sample.Id("u-2")).Completions);
        Assert.All(found, task => Assert.Equal(Code, task.Code));
        Assert.Equal(2, found.Count);
    }

    [Fact]
    public async Task Users_come_in_the_order_of_shards_and_ids()
    {
        var ids = Enumerable.Range(0, 200).Select(n => $"u-{n}").ToList();
        await KeepAsync([.. ids.Select((id, n) => Of(id, 1, n % 3 == 0 ? Plan : Course))]);

        Assert.Equal(ids.Select(Sample.Id).Order(ShardOrder.Instance), (await ReadAsync()).Select(task => task.UserId));
    }

    [Fact]
    public async Task What_was_used_for_this_certification_and_what_it_does_not_list_is_left_out()
    {
        var other = new Activity(ActivityType.Course, Sample.Id("C-2"));
        await KeepAsync(Of("u-1", 1), Of("u-1", 2), Of("u-2", 1), Of("u-3", 1, other));
        await UseAsync(Code, Of("u-1", 1), Of("u-2", 1));
        await UseAsync(CertificationCode.Parse("OTHER"), Of("u-1", 2));

        Assert.Equal([Of("u-1", 2)], Assert.Single(await ReadAsync()).Completions);
    }

    /// <summary>Else a list of nothing but these would never be seen to get anywhere.</summary>
    [Fact]
    public async Task Who_has_nothing_left_to_be_awarded_for_is_passed_with_no_task()
    {
        await KeepAsync(Of("u-1", 1), Of("u-2", 1));
        await UseAsync(Code, Of("u-1", 1));

        var passed = await tasks.ReadAsync(Code, null, Cancellation).ToListAsync(Cancellation);

        Assert.Equal([("u-1", 0), ("u-2", 1)], passed.Select(user => (user.UserId.Value, user.Tasks.Count)).Order());
    }

    [Theory]
    [InlineData(RetroactiveTasks.CompletionsPerTask, new[] { RetroactiveTasks.CompletionsPerTask })]
    [InlineData(RetroactiveTasks.CompletionsPerTask + 1, new[] { RetroactiveTasks.CompletionsPerTask, 1 })]
    public async Task More_completions_than_fit_a_transaction_are_several_tasks_of_one_run(int count, int[] expected)
    {
        await KeepAsync([.. Enumerable.Range(0, count).Select(n => Of("u-1", 1) with { CompletedOn = new DateOnly(2020, 1, 1).AddDays(n) })]);

        Assert.Equal(expected, (await ReadAsync()).Select(task => task.Completions.Count));
        Assert.Equal(1, await RunSplitter.SplitAsync((await ReadAsync()).ToAsyncEnumerable(), Cancellation).CountAsync(Cancellation));
    }

    private static Completion Of(string userId, int day, Activity? activity = null) =>
        new(Sample.Id(userId), activity ?? Course, null, new DateOnly(2026, 1, day));

    private async Task KeepAsync(params IReadOnlyList<Completion> all)
    {
        foreach (var one in all)
        {
            await completions.KeepAsync(one, AwardSamples.Provenance, Cancellation);
        }
    }

    private async Task UseAsync(CertificationCode code, params IReadOnlyList<Completion> all)
    {
        foreach (var one in all)
        {
            var skip = new AwardWrite(one.UserId, AwardSamples.ShownOf(one.UserId), null, null) { Completions = [new CompletionMark(code, one)] };
            Assert.True(await awards.TryWriteAsync(skip, Cancellation));
        }
    }

    private async Task<IReadOnlyList<CompletionTask>> ReadAsync() =>
        await tasks.ReadAsync(Code, null, Cancellation).SelectMany(user => user.Tasks.Cast<CompletionTask>()).ToListAsync(Cancellation);
}
