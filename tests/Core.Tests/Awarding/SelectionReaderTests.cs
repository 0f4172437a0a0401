using CertFunctions.Core.Awarding;
using CertFunctions.Core.Directory;
using CertFunctions.Testing.Fakes;
using CsCheck;

namespace CertFunctions.Core.Tests.Awarding;

public sealed class SelectionReaderTests
{
    private static readonly MemberSource Group = new(MemberSourceType.Group, LmsId.Parse("g-1"));
    private static readonly MemberSource Branch = new(MemberSourceType.Branch, LmsId.Parse("b-1"));

    private readonly FakeMemberStore members = new();
    private readonly SelectionReader reader;

    public SelectionReaderTests() => reader = new SelectionReader(members);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reads_each_user_of_a_selection_once_and_in_order() =>
        await Gen.Select(Ids, Ids, Ids).SampleAsync(async (users, ofGroup, ofBranch) =>
        {
            var store = new FakeMemberStore();
            store.Add(Group, ofGroup);
            store.Add(Branch, ofBranch);
            var read = await new SelectionReader(store).ReadAsync(new AwardSelection(users, [Group, Branch, Group]), null, Cancellation).ToListAsync(Cancellation);
            return read.SequenceEqual(users.Union(ofGroup).Union(ofBranch).Order(ShardOrder.Instance));
        }, iter: 100);

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Counts_to_a_hundred(int users, bool few)
    {
        members.Add(Group, Users(users));

        var read = await reader.ReadUpToAsync(new AwardSelection([], [Group]), Limits.UsersDoneBeforeAnswer, Cancellation);

        Assert.Equal(few ? users : null, read?.Count);
    }

    [Fact]
    public async Task Counts_distinct_users_only()
    {
        members.Add(Group, Users(100));
        members.Add(Branch, Users(100));

        var read = await reader.ReadUpToAsync(new AwardSelection([.. Users(100)], [Group, Branch]), 100, Cancellation);

        Assert.Equal(Users(100).Order(ShardOrder.Instance), read);
    }

    private static Gen<List<LmsId>> Ids => Gen.Int[0, 60].Select(n => LmsId.Parse($"u-{n}")).List[0, 40];

    private static IEnumerable<LmsId> Users(int count) => Enumerable.Range(0, count).Select(n => LmsId.Parse($"u-{n}"));
}
