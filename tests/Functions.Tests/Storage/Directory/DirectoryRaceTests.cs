using Azure.Data.Tables;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Directory;

/// <summary>Several instances of the app on one storage.</summary>
public sealed class DirectoryRaceTests
{
    private const int Instances = 8;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_of_many_users_gets_a_username_and_the_others_are_told_that_it_is_taken()
    {
        var table = await OwnTable.CreateAsync();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Instances).Select(i => PutAsync(Users(table), $"u-{i}", i % 2 == 0 ? "Ada" : "aDA")));

        Assert.Single(outcomes.OfType<Outcome<Change<User>>.Done>());
        Assert.All(outcomes.OfType<Outcome<Change<User>>.Rejected>(), rejected => Assert.Equal("username_taken", rejected.Why.Code));
        var listed = await new TableUserStore(table, TestAudit.OutboxOn(table)).ListAsync("ada", new PageRequest(50, null), Cancellation);
        Assert.Single(listed.Items);
    }

    [Fact]
    public async Task Two_users_that_swap_their_usernames_never_share_one()
    {
        var table = await OwnTable.CreateAsync();
        await PutAsync(Users(table), "u-1", "ada");
        await PutAsync(Users(table), "u-2", "bob");

        await Task.WhenAll(PutAsync(Users(table), "u-1", "bob"), PutAsync(Users(table), "u-2", "ada"), PutAsync(Users(table), "u-3", "ada"));

        var all = await new TableUserStore(table, TestAudit.OutboxOn(table)).ListAsync(null, new PageRequest(50, null), Cancellation);
        Assert.Distinct(all.Items.Select(user => user.Username));
        Assert.True(all.Items.Count >= 2);
    }

    [Fact]
    public async Task Branches_moved_below_each_other_at_once_never_make_a_cycle()
    {
        var table = await OwnTable.CreateAsync();
        string[] ids = ["a", "b", "c", "d"];
        foreach (var id in ids)
        {
            await MoveAsync(table, id, null);
        }

        for (var round = 0; round < 5; round++)
        {
            var outcomes = await Task.WhenAll(ids.Select((id, i) => MoveAsync(table, id, ids[(i + 1) % ids.Length])));

            // All but the one that would close the ring, whichever comes last.
            var refused = Assert.Single(outcomes.OfType<Outcome<Change<Branch>>.Rejected>());
            Assert.Equal("branch_cycle", refused.Why.Code);
            var tree = await new TableBranchStore(table, TestAudit.OutboxOn(table)).ReadTreeAsync(Cancellation);
            var root = Assert.Single(tree.Branches.Values, branch => branch.ParentId is null);
            Assert.Equal(ids.Length, tree.WithDescendants(root.Id).Count);
            await Task.WhenAll(ids.Select(id => MoveAsync(table, id, null)));
        }
    }

    [Fact]
    public async Task A_branch_is_deleted_or_gets_a_branch_below_it_but_not_both()
    {
        var table = await OwnTable.CreateAsync();
        for (var round = 0; round < 5; round++)
        {
            await MoveAsync(table, "parent", null);
            await Task.WhenAll(Branches(table).DeleteAsync(Sample.Id("parent"), Precondition.None, By.Hand, Cancellation), MoveAsync(table, "child", "parent"));

            var tree = await new TableBranchStore(table, TestAudit.OutboxOn(table)).ReadTreeAsync(Cancellation);
            Assert.Equal(tree.Find(Sample.Id("child")) is null, tree.Find(Sample.Id("parent")) is null);
            await Branches(table).DeleteAsync(Sample.Id("child"), Precondition.None, By.Hand, Cancellation);
        }
    }

    private static Task<Outcome<Change<Branch>>> MoveAsync(TableClient table, string id, string? parentId) => Branches(table).PutAsync(
        Sample.Id(id), id, parentId is null ? null : Sample.Id(parentId), Precondition.None, By.Hand, Cancellation);

    private static Task<Outcome<Change<User>>> PutAsync(UserService users, string id, string username) =>
        users.PutAsync(Sample.Id(id), new UserEdit(username, "Ada", "Lovelace", null, null, null), Precondition.None, null, By.Hand, Cancellation);

    private static BranchService Branches(TableClient table)
    {
        var branches = new TableBranchStore(table, TestAudit.OutboxOn(table));
        return new BranchService(branches, new BranchGates(new TableBranchGateStore(table), branches), new FakeMemberStore(), TimeProvider.System);
    }

    private static UserService Users(TableClient table)
    {
        var (users, claims) = (new TableUserStore(table, TestAudit.OutboxOn(table)), new TableUsernameClaims(table, TimeProvider.System));
        var writer = new UserWriter(users, claims, new BranchGates(new TableBranchGateStore(table), new FakeBranchStore()), TimeProvider.System);
        var afterwards = new UserFollowUpService(new TableUserFollowUps(table), claims, new FakeUserArrivals(), new FakeAwardProjection(), TimeProvider.System);
        return new UserService(users, writer, afterwards, new FakeUserArrivals(), TimeProvider.System);
    }
}
