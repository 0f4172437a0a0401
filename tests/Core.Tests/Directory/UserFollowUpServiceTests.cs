using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Directory;

/// <summary>A follow-up is carried out by anyone at any time, but its row goes only when no writer can be at work on it any more.</summary>
public sealed class UserFollowUpServiceTests
{
    private static readonly LmsId User = Sample.Id("u-1");

    private readonly FakeTimeProvider time = new(Sample.Now);
    private readonly FakeUserFollowUps followUps;
    private readonly FakeAwardProjection awards = new();
    private readonly UserFollowUpService service;

    public UserFollowUpServiceTests()
    {
        var users = new FakeUserStore(time);
        followUps = users.FollowUps;
        users.Add(new User { Id = User, Username = "ada", FirstName = "Ada", LastName = "Lovelace", CreatedAt = Sample.Now, UpdatedAt = Sample.Now, Version = 1 });
        service = new UserFollowUpService(users, followUps, new FakeMemberStore(), awards, time);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task The_next_writer_carries_a_young_one_out_and_leaves_it_there(int ticksBeyond, bool isLeft)
    {
        await AddAsync(UserFollowUpService.Abandoned + TimeSpan.FromTicks(ticksBeyond));

        await service.CatchUpAsync(User, Cancellation);

        Assert.Equal(User, Assert.Single(awards.Renamed).UserId);
        Assert.Equal(isLeft, (await followUps.ReadAsync(User, Cancellation)).Count == 1);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    public async Task The_timer_carries_out_only_what_is_abandoned(int ticksBeyond, int finished)
    {
        await AddAsync(UserFollowUpService.Abandoned + TimeSpan.FromTicks(ticksBeyond));

        Assert.Equal(finished, await service.RepairAsync(Cancellation));

        Assert.Equal((finished, 1 - finished), (awards.Renamed.Count, (await followUps.ReadAsync(User, Cancellation)).Count));
    }

    [Fact]
    public async Task The_timer_counts_none_that_its_writer_has_finished_meanwhile()
    {
        await AddAsync(TimeSpan.Zero);
        await followUps.AddAsync(new UserFollowUp(User, "f-2", [], Renamed: true, time.GetUtcNow()), Cancellation);
        time.Advance(2 * UserFollowUpService.Abandoned);

        // While one is carried out, both are finished by those who added them.
        awards.Before = async () => await Task.WhenAll(
            (await followUps.ReadAsync(User, Cancellation)).Select(followUp => followUps.RemoveAsync(followUp, Cancellation)));

        Assert.Equal(1, await service.RepairAsync(Cancellation));
    }

    private async Task AddAsync(TimeSpan age)
    {
        await followUps.AddAsync(new UserFollowUp(User, "f-1", [], Renamed: true, time.GetUtcNow()), Cancellation);
        time.Advance(age);
    }
}
