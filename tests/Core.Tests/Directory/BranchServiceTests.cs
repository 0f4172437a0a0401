using CertFunctions.Core.Directory;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;

namespace CertFunctions.Core.Tests.Directory;

public sealed class BranchServiceTests
{
    private readonly FakeBranchStore branches = new();
    private readonly FakeMemberStore members = new();
    private readonly BranchService service;

    public BranchServiceTests() => service = new BranchService(branches, new BranchGates(new FakeBranchGateStore(), branches), members, TimeProvider.System);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_moved_branch_takes_its_subtree_along()
    {
        branches.Add(Sample.Branch("a"), Sample.Branch("b"), Sample.Branch("c", "b"));
        Assert.Null(await CodeOfPutAsync("b", "a"));

        Assert.Equal(["a", "b", "c"], (await branches.ReadTreeAsync(Cancellation)).WithDescendants(Sample.Id("a")).Select(id => id.Value));
    }

    [Theory]
    [InlineData("a", "a", "branch_cycle")]
    [InlineData("a", "c", "branch_cycle")]
    [InlineData("new", "new", "branch_cycle")]
    [InlineData("a", "none", "branch_not_found")]
    public async Task Refuses_what_makes_no_tree(string id, string parentId, string code)
    {
        branches.Add(Sample.Branch("a"), Sample.Branch("b", "a"), Sample.Branch("c", "b"));

        Assert.Equal(code, await CodeOfPutAsync(id, parentId));
    }

    [Fact]
    public async Task Of_two_moves_that_would_close_a_cycle_one_loses()
    {
        for (var round = 0; round < 50; round++)
        {
            var (a, b) = ($"a{round}", $"b{round}");
            branches.Add(Sample.Branch(a), Sample.Branch(b));
            var codes = await Task.WhenAll(Task.Run(() => CodeOfPutAsync(a, b)), Task.Run(() => CodeOfPutAsync(b, a)));

            Assert.Equal(["branch_cycle"], codes.OfType<string>());
        }
    }

    [Fact]
    public async Task Takes_as_many_branches_as_there_can_be_and_no_more()
    {
        branches.Add([.. Enumerable.Range(0, Limits.Branches - 1).Select(i => Sample.Branch($"b{i}"))]);

        Assert.Null(await CodeOfPutAsync("last", null));
        Assert.Equal("branch_limit_reached", await CodeOfPutAsync("more", null));
        Assert.Null(await CodeOfPutAsync("b1", "b2"));
    }

    [Fact]
    public async Task A_branch_in_use_is_not_deleted()
    {
        branches.Add(Sample.Branch("a"), Sample.Branch("b", "a"));
        members.Add(MemberSource.Branch(Sample.Id("b")), Sample.Id("u-1"));

        Assert.Equal("branch_in_use", await CodeOfDeleteAsync("a"));
        Assert.Equal("branch_in_use", await CodeOfDeleteAsync("b"));
        members.Remove(MemberSource.Branch(Sample.Id("b")), Sample.Id("u-1"));
        Assert.Null(await CodeOfDeleteAsync("b"));
        Assert.Null(await CodeOfDeleteAsync("a"));
        Assert.Equal("branch_not_found", await CodeOfDeleteAsync("a"));
    }

    [Fact]
    public async Task Many_are_put_in_their_order_and_what_is_as_it_was_is_not_written()
    {
        branches.Add(Sample.Branch("a"));
        var before = (await branches.ReadTreeAsync(Cancellation)).Find(Sample.Id("a"))!;

        var put = await service.PutManyAsync(
            [new(before.Id, before.Name, null), new(Sample.Id("b"), "B", Sample.Id("c")), new(Sample.Id("c"), "C", before.Id), new(Sample.Id("b"), "B", Sample.Id("c"))],
            By.Hand,
            Cancellation);

        Assert.Equal(
            ["unchanged", "branch_not_found", "created", "created"],
            put.Select(one => !one.IsDone(out var change, out var why) ? why.Code : change.Created ? "created" : change.Changed ? "changed" : "unchanged"));
        Assert.Equal(before, await branches.FindAsync(before.Id, Cancellation));
    }

    [Fact]
    public async Task Lists_in_the_order_of_ids_page_by_page()
    {
        branches.Add(Sample.Branch("c"), Sample.Branch("a"), Sample.Branch("B"), Sample.Branch("b"));

        var listed = await Walk.AllAsync(2, page => service.ListAsync(page, Cancellation));

        Assert.Equal(["B", "a", "b", "c"], listed.Select(branch => branch.Id.Value));
    }

    private async Task<string?> CodeOfPutAsync(string id, string? parentId)
    {
        var parent = parentId is null ? null : Sample.Id(parentId);
        var outcome = await service.PutAsync(Sample.Id(id), "name", parent, Precondition.None, By.Hand, Cancellation);
        return outcome is Outcome<Change<Branch>>.Rejected { Why: var why } ? why.Code : null;
    }

    private async Task<string?> CodeOfDeleteAsync(string id) =>
        await service.DeleteAsync(Sample.Id(id), Precondition.None, By.Hand, Cancellation) is Outcome<Change<Branch>>.Rejected { Why: var why } ? why.Code : null;
}
