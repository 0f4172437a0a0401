using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>Writers who want one username, of whom one sleeps before it writes its user.</summary>
public sealed class UsernameRivalTests : IAsyncLifetime
{
    private static readonly LmsId Branch = LmsId.Parse("b-1");

    private World world = null!;

    public async ValueTask InitializeAsync()
    {
        world = await World.CreateAsync();
        await world.StartWorker().Get<BranchService>().PutAsync(Branch, "Crew", null, Precondition.None, By.Hand, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_slept_past_the_lease_does_not_write_a_username_that_was_taken_over(bool isThere)
    {
        if (isThere)
        {
            await PutAsync(world.StartWorker(), "u-1", "ann");
        }

        var (slow, gate) = Sleeper();
        var sleeping = PutAsync(slow, "u-1", "ada");
        await gate.Reached;
        world.Time.Advance(UsernameClaim.Lease);

        var taken = await PutAsync(world.StartWorker(), "u-2", "Ada");
        gate.Open();

        Assert.Equal((null, "username_taken"), (taken, await sleeping));
        Assert.Equal("Ada", await UsernameOfAsync("u-2"));
        Assert.Equal(isThere ? "ann" : null, await UsernameOfAsync("u-1"));
        Assert.Empty(await world.CheckAsync());
    }

    /// <summary>Both have claimed the username for the same person; one of them joins a branch that is deleted meanwhile.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_writer_that_is_refused_takes_the_username_from_no_other_writer_of_the_same_person(bool isThere)
    {
        if (isThere)
        {
            await PutAsync(world.StartWorker(), "u-1", "ann");
        }

        var (slow, beforeUser) = Sleeper();
        var writing = PutAsync(slow, "u-1", "bob");
        await beforeUser.Reached;
        var (joiner, beforeJoining) = Sleeper();
        var joining = PutAsync(joiner, "u-1", "bob", Branch);
        await beforeJoining.Reached;
        Assert.Null((await world.StartWorker().Get<BranchService>().DeleteAsync(Branch, Precondition.None, By.Hand, CancellationToken.None)).Code());

        beforeJoining.Open();
        var joined = await joining;
        beforeUser.Open();
        var written = await writing;
        var third = await PutAsync(world.StartWorker(), "u-3", "BOB");

        Assert.Equal(("branch_not_found", null, "username_taken"), (joined, written, third));
        Assert.Equal("bob", await UsernameOfAsync("u-1"));
        Assert.Empty(await world.CheckAsync());
    }

    /// <summary>A worker that waits before it writes its user: it has claimed the username.</summary>
    private (Worker Worker, Gate Gate) Sleeper()
    {
        var (worker, gate, hasClaimed) = (world.StartWorker(), new Gate(), false);
        worker.Storage.OnCall = async call =>
        {
            var isTransaction = !gate.Reached.IsCompleted && await call.IsTransactionOfAsync(StorageNames.Tables.Users);
            var isClaim = isTransaction && (await call.BodyAsync()).Contains("claimedAt", StringComparison.Ordinal);
            hasClaimed |= isClaim;
            return isTransaction && !isClaim && hasClaimed ? Fault.HoldBefore(gate) : null;
        };
        return (worker, gate);
    }

    private static async Task<string?> PutAsync(Worker worker, string id, string username, LmsId? branch = null) => (await worker.Get<UserService>().PutAsync(
        LmsId.Parse(id), new UserEdit(username, "A", "B", null, branch, true), Precondition.None, null, By.Hand, CancellationToken.None)).Code();

    private async Task<string?> UsernameOfAsync(string id) =>
        (await world.StartWorker().Get<IUserStore>().FindAsync(LmsId.Parse(id), CancellationToken.None))?.Username;
}
