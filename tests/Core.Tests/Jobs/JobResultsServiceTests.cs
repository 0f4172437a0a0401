using CertFunctions.Core.Jobs;
using CertFunctions.Testing;
using CertFunctions.Testing.Jobs;

namespace CertFunctions.Core.Tests.Jobs;

public sealed class JobResultsServiceTests
{
    private readonly JobWorld world = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A run a shard.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Pages_of_any_size_have_every_result_once(int limit)
    {
        var users = world.AddUsers(150);
        var id = (await world.AwardAsync(JobWorld.Request([.. users, Sample.Id("u-unknown")]))).Job.Id;
        await world.DeliverAllAsync();

        var all = await ListAsync(id, null, limit);
        var failed = await ListAsync(id, ChangeOutcome.Failed, limit);

        Assert.Equal([.. users.Append(Sample.Id("u-unknown")).Order(ShardOrder.Instance)], all.Select(result => result.UserId!));
        Assert.Equal("user_not_found", Assert.Single(failed).Code);
    }

    [Fact]
    public async Task A_job_that_has_not_begun_has_none() => Assert.Empty(await ListAsync(JobId.New(world.Clock.Now), null, 50));

    private async Task<List<JobResult>> ListAsync(JobId id, ChangeOutcome? outcome, int limit)
    {
        var pages = await Walk.PagesAsync(page => world.Results.ListAsync(id, outcome, page, Cancellation), limit);
        return [.. pages.SelectMany(page => page)];
    }
}
