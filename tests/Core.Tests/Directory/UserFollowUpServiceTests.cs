using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Directory;

/// <summary>A follow-up of a change is carried out and removed by anyone at any time; one that was added ahead, when it is abandoned.</summary>
public sealed class UserFollowUpServiceTests
{
    private static readonly LmsId User = Sample.Id("u-1");

    private readonly FakeTimeProvider time = new(Sample.Now);
    private readonly FakeUserStore users;
    private readonly FakeAwardProjection awards = new();
    private readonly UserFollowUpService service;

    public UserFollowUpServiceTests()
    {
        users = new FakeUserStore(time);
        users.Add(Sample.User("u-1"));
        service = new UserFollowUpService(users.FollowUps, users, new FakeUserArrivals(), awards, time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_next_writer_leaves_alone_what_was_added_ahead(bool isAhead)
    {
        await AddAsync(isAhead);

        await service.CatchUpAsync(Shard.Of(User), [User], Cancellation);

        Assert.Equal(isAhead ? [] : [User], awards.Shown);
        Assert.Equal(isAhead ? 1 : 0, users.FollowUps.All.Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task The_timer_carries_out_only_what_is_abandoned(int ticksBeyond, int finished)
    {
        await AddAsync(isAhead: true);
        time.Advance(UserFollowUpService.Abandoned + TimeSpan.FromTicks(ticksBeyond));

        Assert.Equal(finished, await service.RepairAsync(Cancellation));

        Assert.Equal((finished, 1 - finished), (awards.Shown.Count, users.FollowUps.All.Count));
    }

    [Fact]
    public async Task One_that_cannot_be_carried_out_does_not_hold_up_the_others()
    {
        await AddAsync(isAhead: false);
        await AddAsync(isAhead: false);
        time.Advance(2 * UserFollowUpService.Abandoned);
        var calls = 0;
        awards.Before = () => ++calls == 1 ? throw new IOException("The storage is away.") : Task.CompletedTask;

        await Assert.ThrowsAnyAsync<Exception>(() => service.RepairAsync(Cancellation));

        Assert.Single(users.FollowUps.All);
    }

    private Task AddAsync(bool isAhead) => users.FollowUps.AddAsync(
        new UserFollowUp(User, Guid.NewGuid().ToString("n"), time.GetUtcNow()) { ShownOtherwise = true, IsAhead = isAhead }, Cancellation);
}
