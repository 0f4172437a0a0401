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

        Assert.Equal([Ada], awards.Renamed);
    }

    private Task FollowAsync(params ShownName[] shown) => follower.FollowAsync(Shard.Of(Ada), shown, before: null, Cancellation);
}
