using Azure.Core;
using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>Two instances change one branch or group: the slower one stands before its write while the other does all of its own.</summary>
public sealed class DirectoryRivalTests : IAsyncLifetime
{
    private static readonly LmsId Branch = LmsId.Parse("b-1");
    private static readonly LmsId Group = LmsId.Parse("g-1");
    private static readonly LmsId User = LmsId.Parse("u-1");

    private World world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await World.CreateAsync();
        await PutBranchAsync(world.StartWorker(), Branch, null);
        await world.StartWorker().Get<GroupService>().PutAsync(Group, "Drivers", Precondition.None, By.Hand, CancellationToken.None);
        await PutUserAsync(world.StartWorker(), null);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(true, 1, 2, false)]
    [InlineData(true, 2, 1, true)]
    [InlineData(false, 1, 2, true)]
    [InlineData(false, 2, 1, false)]
    public async Task Of_a_joining_and_a_leaving_at_once_the_later_event_counts(bool slowerJoins, int slower, int faster, bool isMember)
    {
        await RaceAsync(
            StorageNames.Tables.Members,
            worker => SetAsync(worker, slowerJoins, slower),
            worker => SetAsync(worker, !slowerJoins, faster));

        Assert.Equal((isMember ? 1 : 0, isMember), await MembersAsync());
    }

    [Fact]
    public async Task A_branch_that_somebody_joins_while_it_is_deleted_stays()
    {
        var (deleted, joined) = await RaceAsync(StorageNames.Tables.Directory, DeleteBranchAsync, worker => PutUserAsync(worker, Branch));

        Assert.Equal(("branch_in_use", null), (deleted, joined));
        Assert.Equal(Branch, await BranchOfUserAsync());
        Assert.NotNull(await FindBranchAsync(Branch));
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task Who_joins_a_branch_that_was_deleted_meanwhile_is_told_and_joins_nothing()
    {
        var (joined, deleted) = await RaceAsync(StorageNames.Tables.Users, worker => PutUserAsync(worker, Branch), DeleteBranchAsync);

        Assert.Equal(("branch_not_found", null), (joined, deleted));
        Assert.Null(await BranchOfUserAsync());
        Assert.False(await world.StartWorker().Get<IMemberStore>().ContainsAsync(MemberSource.Branch(Branch), User, CancellationToken.None));
        Assert.Empty(await world.CheckAsync());
    }

    [Fact]
    public async Task A_branch_that_gets_one_below_it_while_it_is_deleted_stays()
    {
        var child = LmsId.Parse("b-2");
        var (deleted, made) = await RaceAsync(StorageNames.Tables.Directory, DeleteBranchAsync, worker => PutBranchAsync(worker, child, Branch));

        Assert.Equal(("branch_in_use", null), (deleted, made));
        Assert.Equal(Branch, (await FindBranchAsync(child))?.ParentId);
    }

    [Fact]
    public async Task A_branch_is_not_put_below_one_that_was_deleted_meanwhile()
    {
        var child = LmsId.Parse("b-2");
        var (made, deleted) = await RaceAsync(StorageNames.Tables.Directory, worker => PutBranchAsync(worker, child, Branch), DeleteBranchAsync);

        Assert.Equal(("branch_not_found", null), (made, deleted));
        Assert.Null(await FindBranchAsync(child));
    }

    [Fact]
    public async Task Who_joins_a_group_while_it_is_deleted_is_no_member_of_it_when_it_is_made_again()
    {
        var (_, deleted) = await RaceAsync(StorageNames.Tables.Members, JoinGroupAsync, DeleteGroupAsync);
        Assert.Null(deleted);

        await world.StartWorker().Get<GroupService>().PutAsync(Group, "Drivers", Precondition.None, By.Hand, CancellationToken.None);

        Assert.Equal((0, false), await MembersAsync());
    }

    [Fact]
    public async Task A_group_is_deleted_though_somebody_joins_it_meanwhile()
    {
        Assert.Equal((null, null), await RaceAsync(StorageNames.Tables.Directory, DeleteGroupAsync, JoinGroupAsync));

        Assert.Null(await world.StartWorker().Get<IGroupStore>().FindAsync(Group, CancellationToken.None));
        Assert.Equal((0, false), await MembersAsync());
    }

    [Fact]
    public async Task A_group_counts_once_who_joins_it_twice_at_once()
    {
        await RaceAsync(StorageNames.Tables.Members, JoinGroupAsync, JoinGroupAsync);

        Assert.Equal((1, true), await MembersAsync());
    }

    [Fact]
    public async Task A_group_counts_once_who_joins_it_by_a_file_and_by_hand_at_once()
    {
        await RaceAsync(StorageNames.Tables.Members, JoinGroupByFileAsync, JoinGroupAsync);

        Assert.Equal((1, true), await MembersAsync());
    }

    /// <summary>The slower one waits before its first write to a table until the faster one is done.</summary>
    private async Task<(T Slower, T Faster)> RaceAsync<T>(string table, Func<Worker, Task<T>> slower, Func<Worker, Task<T>> faster)
    {
        var gate = new Gate();
        var slow = world.StartWorker();
        slow.Storage.OnCall = async call => !gate.Reached.IsCompleted && await IsWriteOfAsync(call, table) ? Fault.HoldBefore(gate) : null;
        var waiting = slower(slow);
        await gate.Reached;
        var done = await faster(world.StartWorker());
        gate.Open();
        return (await waiting, done);
    }

    private static async Task<bool> IsWriteOfAsync(StorageCall call, string table) =>
        await call.IsTransactionOfAsync(table) || (call.IsOn(table) && call.Request.Method != RequestMethod.Get);

    private static Task<bool> SetAsync(Worker worker, bool isMember, int minute)
    {
        var at = new EventTime(new DateTimeOffset(2026, 11, 24, 10, minute, 0, TimeSpan.Zero), IsLastWord: false);
        return isMember
            ? worker.Get<IMemberStore>().AddAsync(Group, User, at, null, CancellationToken.None)
            : worker.Get<IMemberStore>().RemoveAsync(Group, User, at, null, CancellationToken.None);
    }

    private static async Task<string?> PutUserAsync(Worker worker, LmsId? branch) => (await worker.Get<UserService>().PutAsync(
        User, new UserEdit("ada", "Ada", "Lovelace", null, branch, true), Precondition.None, null, By.Hand, CancellationToken.None)).Code();

    private static async Task<string?> PutBranchAsync(Worker worker, LmsId id, LmsId? parent) =>
        (await worker.Get<BranchService>().PutAsync(id, id.Value, parent, Precondition.None, By.Hand, CancellationToken.None)).Code();

    private static async Task<string?> DeleteBranchAsync(Worker worker) =>
        (await worker.Get<BranchService>().DeleteAsync(Branch, Precondition.None, By.Hand, CancellationToken.None)).Code();

    private static async Task<string?> JoinGroupAsync(Worker worker) =>
        (await worker.Get<GroupService>().AddMemberAsync(Group, User, null, By.Hand, CancellationToken.None)).Code();

    private static async Task<string?> JoinGroupByFileAsync(Worker worker) =>
        (await worker.Get<GroupService>().AddMembersAsync(Group, [User], new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero), CancellationToken.None))[User].Code();

    private static async Task<string?> DeleteGroupAsync(Worker worker) =>
        (await worker.Get<GroupService>().DeleteAsync(Group, Precondition.None, By.Hand, CancellationToken.None)).Code();

    private async Task<LmsId?> BranchOfUserAsync() =>
        (await world.StartWorker().Get<IUserStore>().FindAsync(User, CancellationToken.None))!.BranchId;

    private Task<Branch?> FindBranchAsync(LmsId id) => world.StartWorker().Get<IBranchStore>().FindAsync(id, CancellationToken.None);

    private async Task<(int Count, bool IsMember)> MembersAsync()
    {
        var members = world.StartWorker().Get<IMemberStore>();
        return (await members.CountAsync(Group, CancellationToken.None), await members.ContainsAsync(MemberSource.Group(Group), User, CancellationToken.None));
    }
}
