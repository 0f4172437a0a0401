using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Awards;

/// <summary>What lists cost in requests. The users are fixed, so the figures are the same at every run.</summary>
public sealed class AwardListCostTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly CertificationCode code = AwardSamples.NewCode();
    private readonly RequestCounter requests = new();

    [Theory]
    [InlineData(AwardSort.ExpiresOn)]
    [InlineData(AwardSort.Username)]
    public async Task Pages_of_50_of_a_long_list_cost_16_requests(AwardSort sort)
    {
        var ports = await AwardManyAsync(1_000);
        List<int> costs = [];
        string? after = null;
        do
        {
            var request = new PageRequest(50, after);
            costs.Add(await requests.CountAsync(async () =>
                after = (await ports.Lists.ListAsync(new HolderList(code, ExpiryRange.All, sort), request, Cancellation)).Next));
        }
        while (after is not null);

        TestContext.Current.SendDiagnosticMessage("{0}: {1}", sort, string.Join(' ', costs));
        Assert.Equal(20, costs.Count);
        Assert.True(costs.Max() <= 20, $"A page cost {costs.Max()} requests.");
        Assert.Equal(16, costs.Order().ElementAt(costs.Count / 2));
    }

    [Fact]
    public async Task A_page_of_a_day_costs_16_requests_a_list_and_one_for_each_award_that_was_renewed_or_ended_since()
    {
        var ports = await AwardManyAsync(200);
        var day = AwardSamples.Today.AddDays(5);
        Assert.Equal(16, await CostOfDayAsync(ports, day, 50));
        Assert.InRange(await CostOfDayAsync(ports, day, 200), 32, 40);

        var changed = await ports.Lists.ListAsync(new HolderList(code, ExpiryRange.All, AwardSort.Username), new PageRequest(12, null), Cancellation);
        foreach (var (index, held) in changed.Items.Index())
        {
            var before = (await ports.Store.FindAsync(code, held.Award.UserId, Cancellation))!;
            var later = AwardSamples.Renewal(before, AwardSamples.Today.AddDays(900)).After! with { IssuedOn = day.AddDays(1) };
            Assert.True(await ports.Store.TryWriteAsync(
                index < 4 ? AwardSamples.Revocation(before) : new AwardWrite(later.UserId, before.User, before, later), Cancellation));
        }

        Assert.InRange(await CostOfDayAsync(ports, AwardSamples.Today.AddDays(-1), 200), 32 + 12, 40 + 12);
        Assert.InRange(await CostOfDayAsync(ports, day, 200), 32 + 8, 40 + 8);
        Assert.InRange(await CostOfDayAsync(ports, day.AddDays(1), 200), 32, 40);
    }

    private Task<int> CostOfDayAsync(AwardPorts ports, DateOnly day, int limit) => requests.CountAsync(
        () => ports.Past.ListAsync(new PastHolderList(code, day, ExpiryRange.All), new PageRequest(limit, null), Cancellation));

    /// <summary>One award each, all of one day; and then hundreds of each certification.</summary>
    [Theory]
    [InlineData(12, 1)]
    [InlineData(120, 1)]
    [InlineData(1, 300)]
    public async Task A_page_of_all_certifications_costs_the_same_however_many_there_are(int count, int holders)
    {
        var ports = await AwardPorts.OfTheTableAsync(requests.AddTo);
        var certifications = new FakeCertificationStore();
        var day = new DateOnly(2200, 1, 1).AddDays(Random.Shared.Next(2_000_000));
        await Parallel.ForEachAsync(Enumerable.Range(0, count * holders), Cancellation, async (n, cancellationToken) =>
        {
            var award = AwardSamples.New(CertificationCode.Parse($"{code}{n % count}"), AwardSamples.NewUserId(), day);
            Assert.True(await ports.Store.TryWriteAsync(AwardSamples.WriteOf(award), cancellationToken));
        });
        foreach (var n in Enumerable.Range(0, count))
        {
            certifications.Add(Sample.Certification($"{code}{n}"));
        }

        var service = new AllAwardsService(
            ports.All, new CertificationCatalog(certifications, TimeProvider.System), new OrganisationClock(TimeProvider.System, TimeZoneInfo.Utc));
        var found = new List<int>();
        var cost = await requests.CountAsync(async () =>
            found.Add((await service.ListAsync(new AwardFilter(null, day, day), new PageRequest(10, null), Cancellation)).Items.Count));

        TestContext.Current.SendDiagnosticMessage("{0} certifications: {1}", count, cost);
        Assert.Equal([10], found);
        Assert.InRange(cost, 16, 36);
    }

    [Fact]
    public async Task What_a_user_holds_costs_one_request()
    {
        var ports = await AwardPorts.OfTheTableAsync(requests.AddTo);
        var userId = AwardSamples.NewUserId();
        for (var n = 0; n < 20; n++)
        {
            await ports.Store.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(CertificationCode.Parse($"{code}{n}"), userId)), Cancellation);
        }

        Assert.Equal(1, await requests.CountAsync(() => ports.Lists.ListOfUserAsync(userId, new PageRequest(50, null), Cancellation)));
    }

    [Fact]
    public async Task Counts_of_a_page_of_certifications_cost_16_requests()
    {
        var ports = await AwardPorts.OfTheTableAsync(requests.AddTo);
        var codes = Enumerable.Range(0, 50).Select(n => CertificationCode.Parse($"{code}{n}")).ToList();

        Assert.Equal(16, await requests.CountAsync(() => ports.Counts.CountHoldersAsync(codes, Cancellation)));
    }

    [Fact]
    public async Task A_forecast_costs_16_requests_however_many_awards_there_are()
    {
        var ports = await AwardManyAsync(1_000);

        Assert.Equal(16, await requests.CountAsync(() => ports.Expiries.CountAsync(code, Cancellation)));
    }

    [Fact]
    public async Task An_edit_that_moves_no_expiry_reads_no_count()
    {
        var ports = await AwardPorts.OfTheTableAsync(requests.AddTo);
        var userId = AwardSamples.NewUserId();
        await ports.Store.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(code, userId)), Cancellation);
        var before = await ports.Store.FindAsync(code, userId, Cancellation);

        // Itself, and the two by which the audit has it.
        Assert.Equal(3, await requests.CountAsync(() => ports.Store.TryWriteAsync(AwardSamples.Renewal(before!, null), Cancellation)));
    }

    private async Task<AwardPorts> AwardManyAsync(int count)
    {
        var ports = await AwardPorts.OfTheTableAsync(requests.AddTo);
        var jobId = JobId.New(AwardSamples.Now);
        var users = Enumerable.Range(0, count).Select(n => LmsId.Parse($"cost-{n:d6}")).ToLookup(Shard.Of);
        await Parallel.ForEachAsync(users, Cancellation, async (ofShard, cancellationToken) =>
        {
            var writer = await ports.Runs.OpenAsync(new RunKey(jobId, ofShard.Key.Number, ofShard.Key), JobTurn.First, isNew: true, cancellationToken);
            var writes = ofShard.Order(ShardOrder.Instance).Select((userId, n) =>
                AwardSamples.TaskOf(AwardSamples.WriteOf(AwardSamples.New(code, userId, AwardSamples.Today.AddDays(n % 10))))).ToList();
            while (writer.Receipt.Next < writes.Count)
            {
                await writer.CommitAsync([.. writes.Skip(writer.Receipt.Next)], cancellationToken);
            }
        });
        return ports;
    }
}
