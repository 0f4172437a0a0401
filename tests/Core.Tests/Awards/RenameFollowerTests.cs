using CertFunctions.Core.Awards;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Core.Tests.Awards;

public sealed class RenameFollowerTests
{
    private static readonly LmsId Ada = Sample.Id("u-1");

    private readonly FakeUserStore users = new();
    private readonly FakeAwardProjection awards = new();
    private readonly RenameFollower follower;

    public RenameFollowerTests()
    {
        users.Add(Sample.User("u-1"));
        follower = new RenameFollower(users, awards);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Renames_nobody_who_is_called_as_shown()
    {
        await FollowAsync(new ShownName(Ada, Sample.User("u-1").Name));

        Assert.Empty(awards.Renamed);
    }

    /// <summary>One award was stored before a rename, one after it.</summary>
    [Fact]
    public async Task Of_two_names_that_are_shown_one_that_is_old_is_enough()
    {
        var now = Sample.User("u-1").Name;

        await FollowAsync(new ShownName(Ada, now with { LastName = "Byron" }), new ShownName(Ada, now));

        Assert.Equal([(Ada, now)], awards.Renamed);
    }

    /// <summary>The first look finds the old name, the last one that nothing is left.</summary>
    [Theory]
    [InlineData(Limits.WriteAttempts - 2, false)]
    [InlineData(Limits.WriteAttempts - 1, true)]
    public async Task Gives_up_on_somebody_who_is_renamed_again_and_again(int times, bool givesUp)
    {
        awards.Before = async () =>
        {
            if (times-- > 0)
            {
                var stored = (await users.FindStoredAsync(Ada, Cancellation))!;
                await users.TryWriteAsync(stored.User with { LastName = $"Name {times}" }, stored.Claim, stored, null, null, Cancellation);
            }
        };

        var following = FollowAsync(new ShownName(Ada, Sample.User("u-1").Name with { LastName = "Byron" }));

        Assert.Equal(givesUp, await Record.ExceptionAsync(() => following) is TimeoutException);
    }

    private Task FollowAsync(params ShownName[] shown) => follower.FollowAsync(Shard.Of(Ada), shown, before: null, Cancellation);
}
