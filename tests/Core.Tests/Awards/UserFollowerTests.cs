using CertFunctions.Core.Awards;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Core.Tests.Awards;

public sealed class UserFollowerTests
{
    private static readonly LmsId Ada = Sample.Id("u-1");

    private readonly FakeUserStore users = new();
    private readonly FakeAwardProjection awards = new();
    private readonly UserFollower follower;

    public UserFollowerTests()
    {
        users.Add(Sample.User("u-1"));
        follower = new UserFollower(users, awards);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaves_alone_who_is_as_shown()
    {
        await FollowAsync(new ShownHolder(Ada, Sample.User("u-1").Shown));

        Assert.Empty(awards.Shown);
    }

    /// <summary>One award was stored before a rename, one after it.</summary>
    [Fact]
    public async Task Of_two_names_that_are_shown_one_that_is_old_is_enough()
    {
        var now = Sample.User("u-1").Shown;

        await FollowAsync(new ShownHolder(Ada, now with { LastName = "Byron" }), new ShownHolder(Ada, now));

        Assert.Equal([Ada], awards.Shown);
    }

    [Fact]
    public async Task Who_is_shown_as_active_and_is_not_is_followed()
    {
        users.Add(Sample.User("u-1") with { Active = false });

        await FollowAsync(new ShownHolder(Ada, Sample.User("u-1").Shown));

        Assert.Equal([Ada], awards.Shown);
    }

    private Task FollowAsync(params ShownHolder[] shown) => follower.FollowAsync(Shard.Of(Ada), shown, before: null, Cancellation);
}
