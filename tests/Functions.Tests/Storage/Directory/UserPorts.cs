using CertFunctions.Core;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage.Directory;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Directory;

/// <summary>All sides of one store of users.</summary>
public sealed record UserPorts(
    IUserStore Users, IUsernameClaims Claims, IUserFollowUps FollowUps, IBranchGateStore Gates, IMemberStore Members)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static UserPorts OfTheFake(TimeProvider time)
    {
        var fake = new FakeUserStore(time);
        return new UserPorts(fake, fake, fake.FollowUps, fake.Gates, new FakeMemberStore(fake));
    }

    public static async Task<UserPorts> OfTheTableAsync(TimeProvider time)
    {
        var table = await OwnTable.CreateAsync();
        return new UserPorts(
            new TableUserStore(table, TestAudit.OutboxOn(table)),
            new TableUsernameClaims(table, time),
            new TableUserFollowUps(table),
            new TableBranchGateStore(table),
            new TableMemberStore(table, table, table, TestAudit.IntentsOn(table)));
    }

    public async Task<StoredUser> FindStoredAsync(LmsId id) => (await Users.FindManyStoredAsync(Shard.Of(id), [id], Cancellation))[id];

    /// <summary>Those of one shard that are written are told.</summary>
    public Task<IReadOnlySet<LmsId>> WriteManyAsync(IReadOnlyList<UserWrite> writes) =>
        Users.WriteManyAsync(Shard.Of(writes[0].Change.UserId), writes, Cancellation);

    public async Task<bool> TryWriteAsync(StoredUser former, User next, UsernameClaim claim, UserFollowUp? followUp = null) =>
        (await WriteManyAsync([new UserWrite(new UserChange(former, next, null), claim, followUp)])).Count == 1;

    public async Task<UsernameClaim?> TryClaimAsync(string username, LmsId userId) =>
        (await Claims.ClaimManyAsync([new UsernameWish(username, userId)], Cancellation)).GetValueOrDefault(userId);

    public async Task OpenAsync(LmsId branch, Shard shard) => await Gates.TryOpenAsync(shard, await Gates.FindManyAsync(shard, [branch], Cancellation), Cancellation);

    /// <summary>A new user, or one that has a new state.</summary>
    public async Task<UsernameClaim> AddAsync(User user)
    {
        var former = await FindStoredAsync(user.Id);
        var claim = former.Claim ?? await TryClaimAsync(user.Username, user.Id);
        await (user.BranchId is { } branch ? OpenAsync(branch, Shard.Of(user.Id)) : Task.CompletedTask);
        Assert.True(await TryWriteAsync(former, user, claim!));
        return claim!;
    }
}
