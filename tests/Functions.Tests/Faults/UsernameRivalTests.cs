using Azure.Core;
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

        var (slow, gate) = Sleeper(StorageNames.Tables.Users, isTransaction: true);
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_claim_that_is_given_back_is_not_taken_from_another_writer_of_the_same_person(bool isThere)
    {
        if (isThere)
        {
            await PutAsync(world.StartWorker(), "u-1", "ann");
        }

        var (slow, beforeUser) = Sleeper(StorageNames.Tables.Users, isTransaction: true);
        var writing = PutAsync(slow, "u-1", "bob");
        await beforeUser.Reached;
        var (joiner, beforeMembership) = Sleeper(StorageNames.Tables.Members, isTransaction: false);
        var joining = PutAsync(joiner, "u-1", "bob", Branch);
        await beforeMembership.Reached;
        await world.StartWorker().Get<BranchService>().DeleteAsync(Branch, Precondition.None, By.Hand, CancellationToken.None);

        // The one gives its claim back, and the other goes on.
        beforeMembership.Open();
        var joined = await joining;
        beforeUser.Open();
        var written = await writing;
        var third = await PutAsync(world.StartWorker(), "u-3", "BOB");

        Assert.Equal(("branch_not_found", null, "username_taken"), (joined, written, third));
        Assert.Equal("bob", await UsernameOfAsync("u-1"));
        Assert.Empty(await world.CheckAsync());
    }

    /// <summary>A worker that waits before its first write to a table.</summary>
    private (Worker Worker, Gate Gate) Sleeper(string table, bool isTransaction)
    {
        var (worker, gate) = (world.StartWorker(), new Gate());
        worker.Storage.OnCall = async call => !gate.Reached.IsCompleted && await IsWriteAsync(call) ? Fault.HoldBefore(gate) : null;
        return (worker, gate);

        async Task<bool> IsWriteAsync(StorageCall call) => await call.IsTransactionOfAsync(table)
            || (!isTransaction && call.IsOn(table) && call.Request.Method != RequestMethod.Get);
    }

    private static async Task<string?> PutAsync(Worker worker, string id, string username, LmsId? branch = null) => (await worker.Get<UserService>().PutAsync(
        LmsId.Parse(id), new UserEdit(username, "A", "B", null, branch, true), Precondition.None, null, By.Hand, CancellationToken.None)).Code();

    private async Task<string?> UsernameOfAsync(string id) =>
        (await world.StartWorker().Get<IUserStore>().FindAsync(LmsId.Parse(id), CancellationToken.None))?.Username;
}
