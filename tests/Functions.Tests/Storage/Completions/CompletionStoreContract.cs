using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Tests.Storage.Awards;
using CertFunctions.Testing;

namespace CertFunctions.Functions.Tests.Storage.Completions;

/// <summary>What every store of completions promises, and what every store of awards promises of those that it uses up.</summary>
public abstract class CompletionStoreContract
{
    private const int PageSize = 3;

    /// <summary>Ends of ids, in no order.</summary>
    private static readonly string[] Ends = ["", "a", ".a", "0", "-b", "@", "A", "_"];

    private readonly CertificationCode code = AwardSamples.NewCode();
    private readonly Activity activity = new(ActivityType.Course, LmsId.Parse($"C-{Guid.NewGuid():n}"));
    private readonly LmsId userId = AwardSamples.NewUserId();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<AwardPorts> PortsAsync();

    [Fact]
    public async Task Keeps_a_completion_once_as_the_first_message_told_of_it()
    {
        var ports = await PortsAsync();

        Assert.Empty(await KeepAsync(ports, Completed(1, "Fire")));
        Assert.Empty(await KeepAsync(ports, Completed(1, "Fire safety")));

        Assert.Equal([Completed(1, "Fire")], await UnusedAsync(ports));
    }

    [Fact]
    public async Task Another_day_another_type_of_activity_and_another_user_are_other_completions()
    {
        var ports = await PortsAsync();
        var other = new Activity(ActivityType.LearningPlan, activity.Id);

        await KeepAsync(ports, Completed(1));
        await KeepAsync(ports, Completed(2));
        await KeepAsync(ports, Completed(1) with { Activity = other });

        Assert.Equal([Completed(1), Completed(2)], await UnusedAsync(ports));
    }

    [Fact]
    public async Task A_completion_is_used_up_with_the_award_and_for_that_certification_alone()
    {
        var ports = await PortsAsync();
        await KeepAsync(ports, Completed(1));

        Assert.True(await ports.Store.TryWriteAsync(Awarding(Completed(1)), Cancellation));

        Assert.Equal([code], await KeepAsync(ports, Completed(1)));
        Assert.Equal([Completed(1)], await UsedAsync(ports, code, Completed(1), Completed(2)));
        Assert.Empty(await UnusedAsync(ports));
        Assert.Empty(await UsedAsync(ports, CertificationCode.Parse($"{code}x"), Completed(1)));
        Assert.Equal([Completed(1)], await UnusedAsync(ports, CertificationCode.Parse($"{code}x")));
    }

    [Fact]
    public async Task What_is_used_up_awards_nothing_any_more_also_after_the_award_was_unassigned()
    {
        var ports = await PortsAsync();
        await KeepAsync(ports, Completed(1));
        await ports.Store.TryWriteAsync(Awarding(Completed(1)), Cancellation);
        var held = await ports.Store.FindAsync(code, userId, Cancellation);
        await ports.Store.TryWriteAsync(AwardSamples.Revocation(held!), Cancellation);
        var unassigned = await ports.Store.FindAsync(code, userId, Cancellation);

        var again = AwardSamples.Renewal(unassigned!, null) with { Completions = [new CompletionMark(code, Completed(1))] };

        Assert.False(await ports.Store.TryWriteAsync(again, Cancellation));
        Assert.Equal(unassigned, await ports.Store.FindAsync(code, userId, Cancellation));
        Assert.Equal(0, (await ports.Counts.CountHoldersAsync([code], Cancellation))[code]);
    }

    [Fact]
    public async Task Knows_which_job_used_a_completion()
    {
        var ports = await PortsAsync();
        var (job, other) = (JobId.New(AwardSamples.Now), JobId.New(AwardSamples.Now));
        Completion[] all = [Completed(1), Completed(2), Completed(3)];
        await ports.Store.TryWriteAsync(Skipping(all[0]) with { UsedBy = job }, Cancellation);
        await ports.Store.TryWriteAsync(Skipping(all[1]) with { UsedBy = other }, Cancellation);
        await ports.Store.TryWriteAsync(Skipping(all[2]), Cancellation);

        Assert.Equal([all[0]], await ports.Completions.FindUsedByAsync(job, code, Shard.Of(userId), all, Cancellation));
        Assert.Equal([all[1]], await ports.Completions.FindUsedByAsync(other, code, Shard.Of(userId), all, Cancellation));
    }

    [Fact]
    public async Task What_is_set_free_can_be_used_up_again_and_is_set_free_once()
    {
        var ports = await PortsAsync();
        await KeepAsync(ports, Completed(1));
        await ports.Store.TryWriteAsync(Awarding(Completed(1)), Cancellation);
        var held = (await ports.Store.FindAsync(code, userId, Cancellation))!;
        var freeing = AwardSamples.Revocation(held) with { Freed = [new CompletionMark(code, Completed(1))] };

        Assert.True(await ports.Store.TryWriteAsync(freeing, Cancellation));
        Assert.Equal([Completed(1)], await UnusedAsync(ports));

        var unassigned = (await ports.Store.FindAsync(code, userId, Cancellation))!;
        var again = AwardSamples.Renewal(unassigned, null) with { Freed = freeing.Freed };
        Assert.False(await ports.Store.TryWriteAsync(again, Cancellation));
        Assert.Equal(unassigned, await ports.Store.FindAsync(code, userId, Cancellation));
        Assert.True(await ports.Store.TryWriteAsync(again with { Freed = [], Completions = freeing.Freed }, Cancellation));
        Assert.Empty(await UnusedAsync(ports));
    }

    [Fact]
    public async Task A_completion_is_used_up_also_where_nothing_else_is_written()
    {
        var ports = await PortsAsync();
        await KeepAsync(ports, Completed(1));

        Assert.True(await ports.Store.TryWriteAsync(Skipping(Completed(1)), Cancellation));
        Assert.False(await ports.Store.TryWriteAsync(Skipping(Completed(1)), Cancellation));
        Assert.False(await ports.Store.TryWriteAsync(Awarding(Completed(1)), Cancellation));

        Assert.Null(await ports.Store.FindAsync(code, userId, Cancellation));
        Assert.Equal([code], await KeepAsync(ports, Completed(1)));
    }

    [Fact]
    public async Task A_stale_award_uses_nothing_up()
    {
        var ports = await PortsAsync();
        await KeepAsync(ports, Completed(1));
        await ports.Store.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(code, userId)), Cancellation);

        Assert.False(await ports.Store.TryWriteAsync(Awarding(Completed(1)), Cancellation));

        Assert.Equal([Completed(1)], await UnusedAsync(ports));
    }

    [Fact]
    public async Task A_run_stops_at_what_was_used_up_meanwhile_and_uses_up_what_is_left()
    {
        var ports = await PortsAsync();
        var shard = Shard.Numbered(7);
        var all = AwardSamples.UsersOf(shard, 3).Select(id => Completed(1) with { UserId = id }).ToList();
        await Task.WhenAll(all.Select(one => KeepAsync(ports, one)));
        List<TaskWrite> writes = [.. new[] { Awarding(all[0]), Skipping(all[1]), Awarding(all[2]) }.Select(write => AwardSamples.TaskOf(write))];
        await ports.Store.TryWriteAsync(Skipping(all[1]), Cancellation);
        var writer = await ports.Runs.OpenAsync(new RunKey(JobId.New(AwardSamples.Now), 0, shard), JobTurn.First, isNew: true, Cancellation);

        Assert.Equal(new CommitOutcome.AwardChanged(), await writer.CommitAsync(writes, Cancellation));
        Assert.Equal([all[1]], await ports.Completions.FindUsedAsync(code, shard, all, Cancellation));

        writes[1] = AwardSamples.Skipped(all[1].UserId);
        Assert.Equal(new CommitOutcome.Committed(3), await writer.CommitAsync(writes, Cancellation));
        Assert.Equal(all, (await ports.Completions.FindUsedAsync(code, shard, all, Cancellation)).OrderBy(one => one.UserId, ShardOrder.Instance));
    }

    [Fact]
    public async Task Finds_what_is_used_up_of_many_and_nothing_that_was_not_asked_for()
    {
        var ports = await PortsAsync();
        var shard = Shard.Numbered(9);
        var all = AwardSamples.UsersOf(shard, 12).SelectMany(id => new[] { Completed(1) with { UserId = id }, Completed(2) with { UserId = id } }).ToList();
        await Task.WhenAll(all.Select(one => KeepAsync(ports, one)));
        foreach (var one in all.Where((_, index) => index % 3 == 0))
        {
            await ports.Store.TryWriteAsync(Skipping(one), Cancellation);
            await ports.Store.TryWriteAsync(Skipping(one, $"{code}x"), Cancellation);
        }

        foreach (var count in new[] { 1, 8, 9, 23 })
        {
            var used = await ports.Completions.FindUsedAsync(code, shard, [.. all.Take(count)], Cancellation);
            Assert.Equal(all.Take(count).Where((_, index) => index % 3 == 0), used.OrderBy(one => one.UserId, ShardOrder.Instance).ThenBy(one => one.CompletedOn));
        }
    }

    [Fact]
    public async Task Reads_in_the_order_of_users_then_of_days()
    {
        var ports = await PortsAsync();
        var shard = Shard.Of(userId);
        LmsId[] users =
        [
            .. Ends.SelectMany(end => Enumerable.Range(0, 200).Select(n => LmsId.Parse($"{userId}{end}{n}")))
                .Where(id => Shard.Of(id) == shard)
                .Take(20),
        ];
        var all = users.Order(ShardOrder.Instance).SelectMany(id => new[] { Completed(1), Completed(2) }.Select(one => one with { UserId = id })).ToList();
        await Task.WhenAll(all.Select(one => KeepAsync(ports, one)));

        Assert.Equal(all, await UnusedAsync(ports));
        foreach (var id in users)
        {
            Assert.Equal(all.SkipWhile(one => one.UserId != id).Skip(2), await UnusedAsync(ports, after: id));
        }
    }

    private static async Task<IReadOnlySet<CertificationCode>> KeepAsync(AwardPorts ports, Completion completion) =>
        await ports.Completions.KeepAsync(completion, AwardSamples.Provenance, Cancellation);

    private Task<IReadOnlySet<Completion>> UsedAsync(AwardPorts ports, CertificationCode of, params IReadOnlyList<Completion> completions) =>
        ports.Completions.FindUsedAsync(of, Shard.Of(userId), completions, Cancellation);

    private async Task<IReadOnlyList<Completion>> UnusedAsync(AwardPorts ports, CertificationCode? of = null, LmsId? after = null) =>
        await ports.Completions.ReadAsync(activity, of ?? code, Shard.Of(userId), after, PageSize, Cancellation)
            .Where(kept => !kept.Used).Select(kept => kept.Completion).ToListAsync(Cancellation);

    private Completion Completed(int day, string? title = null) => new(userId, activity, title, new DateOnly(2026, 1, day));

    private AwardWrite Awarding(Completion completion) =>
        AwardSamples.WriteOf(AwardSamples.New(code, completion.UserId)) with { Completions = [new CompletionMark(code, completion)] };

    private AwardWrite Skipping(Completion completion, string? of = null) => new(
        completion.UserId, AwardSamples.ShownOf(completion.UserId), null, null)
    {
        Completions = [new CompletionMark(of is null ? code : CertificationCode.Parse(of), completion)],
    };

    public sealed class OfTheFake : CompletionStoreContract
    {
        protected override Task<AwardPorts> PortsAsync() => Task.FromResult(AwardPorts.OfTheFake());
    }

    public sealed class OfTheTable : CompletionStoreContract
    {
        protected override Task<AwardPorts> PortsAsync() => AwardPorts.OfTheTableAsync();

        /// <summary>Receipt, results, count, the mark of the expiry and three rows of the award leave room for 93 marks of completions.</summary>
        [Theory]
        [InlineData(93, 1)]
        [InlineData(47, 1)]
        [InlineData(1, 24)]
        public async Task Marks_count_against_the_100_operations_of_a_transaction(int marks, int fitting)
        {
            var ports = await PortsAsync();
            var shard = Shard.Numbered(11);
            var writes = AwardSamples.UsersOf(shard, fitting + 1).Select(id => AwardSamples.TaskOf(AwardSamples.WriteOf(AwardSamples.New(code, id)) with
            {
                Completions = [.. Enumerable.Range(0, marks).Select(day =>
                    new CompletionMark(code, new Completion(id, activity, null, new DateOnly(2026, 1, 1).AddDays(day))))],
            }));
            var writer = await ports.Runs.OpenAsync(new RunKey(JobId.New(AwardSamples.Now), 0, shard), JobTurn.First, isNew: true, Cancellation);

            Assert.Equal(new CommitOutcome.Committed(fitting), await writer.CommitAsync([.. writes], Cancellation));
        }

        [Fact]
        public async Task One_mark_more_than_fits_is_refused_before_it_is_sent()
        {
            var ports = await PortsAsync();
            var write = AwardSamples.WriteOf(AwardSamples.New(code, userId)) with
            {
                Completions = [.. Enumerable.Range(1, 28).SelectMany(day => Enumerable.Range(1, 12), (day, month) => new DateOnly(2026, month, day))
                    .Take(94).Select(day => new CompletionMark(code, new Completion(userId, activity, null, day)))],
            };
            var writer = await ports.Runs.OpenAsync(new RunKey(JobId.New(AwardSamples.Now), 0, Shard.Of(userId)), JobTurn.First, isNew: true, Cancellation);

            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => writer.CommitAsync([AwardSamples.TaskOf(write)], Cancellation));

            Assert.Equal("One change takes more operations than a transaction has.", refused.Message);
        }
    }
}
