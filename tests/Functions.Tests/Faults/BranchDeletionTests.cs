using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Faults;

namespace CertFunctions.Functions.Tests.Faults;

/// <summary>
/// A user moves into a branch while it is deleted: whoever stands still, or dies, before whichever of its requests, no user is in a branch
/// that is not there, and members are what the users' rows say.
/// </summary>
public sealed class BranchDeletionTests : IAsyncLifetime
{
    private World world = null!;

    public async ValueTask InitializeAsync() => world = await World.CreateAsync();

    public ValueTask DisposeAsync() => world.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Whoever_deletes_is_overtaken_before_any_of_its_requests(bool dies) => OvertakeAsync(DeleteAsync, JoinAsync, dies);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public Task Whoever_joins_is_overtaken_before_any_of_its_requests(bool dies) => OvertakeAsync(JoinAsync, DeleteAsync, dies);

    /// <summary>Another writer of the same user changes nothing, but tidies up behind the one that is about to write: the branch looks empty.</summary>
    [Fact]
    public async Task Who_is_tidied_up_after_while_joining_joins_nothing_that_was_deleted_meanwhile()
    {
        var place = await PlaceAsync("three");
        var gate = new Gate();
        var slow = world.StartWorker();
        slow.Storage.OnCall = async call =>
            !gate.Reached.IsCompleted && await call.IsTransactionOfAsync(StorageNames.Tables.Users) ? Fault.HoldBefore(gate) : null;

        var joining = JoinAsync(slow, place);
        await gate.Reached;
        Assert.Null(await PutUserAsync(world.StartWorker(), place.User, branch: null));
        Assert.Null(await DeleteAsync(world.StartWorker(), place));
        gate.Open();

        Assert.Equal("branch_not_found", await joining);
        Assert.Empty(await FindWrongAsync(place));
    }

    private async Task OvertakeAsync(Func<Worker, Place, Task<string?>> slower, Func<Worker, Place, Task<string?>> faster, bool dies)
    {
        var alone = world.StartWorker();
        await slower(alone, await PlaceAsync("alone"));
        var wrong = new List<string>();
        for (var request = 0; request < alone.Storage.Calls.Count; request++)
        {
            var place = await PlaceAsync($"{request}");
            var slow = world.StartWorker();
            var overtaken = false;
            slow.Storage.OnCall = async call =>
            {
                if (call.Number != request)
                {
                    return null;
                }

                overtaken = true;
                await faster(world.StartWorker(), place);
                return dies ? Fault.CrashBefore(call) : null;
            };
            var thrown = await Record.ExceptionAsync(() => slower(slow, place));

            Assert.True(overtaken && dies == (thrown is CrashException), $"Request {request} was passed alone: {thrown}");
            wrong.AddRange((await FindWrongAsync(place)).Select(line => $"Before request {request}: {line}"));
        }

        wrong.AddRange(await world.CheckAsync());
        Assert.Empty(wrong);
    }

    private async Task<Place> PlaceAsync(string name)
    {
        var place = new Place(LmsId.Parse($"b-{name}"), LmsId.Parse($"u-{name}"));
        var worker = world.StartWorker();
        await worker.Get<BranchService>().PutAsync(place.Branch, "North", null, Precondition.None, By.Hand, CancellationToken.None);
        Assert.Null(await PutUserAsync(worker, place.User, branch: null));
        return place;
    }

    /// <summary>Once the timer has been there.</summary>
    private async Task<IReadOnlyList<string>> FindWrongAsync(Place place)
    {
        world.Time.Advance(2 * UserFollowUpService.Abandoned);
        var worker = world.StartWorker();
        await worker.Get<UserService>().RepairAsync(CancellationToken.None);
        var user = (await worker.Get<IUserStore>().FindAsync(place.User, CancellationToken.None))!;
        var isThere = await worker.Get<IBranchStore>().FindAsync(place.Branch, CancellationToken.None) is not null;
        var isMember = await worker.Get<IMemberStore>().ContainsAsync(MemberSource.Branch(place.Branch), place.User, CancellationToken.None);
        var isInIt = user.BranchId == place.Branch;
        return
        [
            .. isInIt && !isThere ? ["The user is in a branch that is not there."] : Array.Empty<string>(),
            .. isInIt != isMember ? [$"The user's row says {isInIt}, the members say {isMember}."] : Array.Empty<string>(),
            .. isThere && await DeleteAsync(worker, place) is var code && code != (isInIt ? "branch_in_use" : null)
                ? [$"Deleting it again is answered {code}."] : Array.Empty<string>(),
        ];
    }

    private static Task<string?> JoinAsync(Worker worker, Place place) => PutUserAsync(worker, place.User, place.Branch);

    private static async Task<string?> PutUserAsync(Worker worker, LmsId user, LmsId? branch) => (await worker.Get<UserService>().PutAsync(
            user, new UserEdit(user.Value, "Ada", "Lovelace", null, branch, true), Precondition.None, null, By.Hand, CancellationToken.None)).Code();

    private static async Task<string?> DeleteAsync(Worker worker, Place place) =>
        (await worker.Get<BranchService>().DeleteAsync(place.Branch, Precondition.None, By.Hand, CancellationToken.None)).Code();

    private sealed record Place(LmsId Branch, LmsId User);
}
