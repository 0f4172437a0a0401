using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
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
