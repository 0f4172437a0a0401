using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Testing;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Awards;

public sealed class TableAwardProjectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Limits.WriteAttempts - 1, false)]
    [InlineData(Limits.WriteAttempts, true)]
    public async Task Gives_up_on_an_award_that_changes_again_and_again(int times, bool givesUp)
    {
        var table = (await Emulator.ClientsAsync()).Table(StorageNames.Tables.Awards);
        var (code, user, store) = (AwardSamples.NewCode(), AwardSamples.NewUserId(), new TableAwardStore(table, TimeProvider.System, TestAudit.OutboxOn(table)));
        Assert.True(await store.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(code, user)), Cancellation));
        var projection = new TableAwardProjection(table, new Overtaken(store, times));
        var name = AwardSamples.NameOf(user) with { LastName = "Byron" };

        var thrown = await Record.ExceptionAsync(() => projection.RenameAsync(user, name, Cancellation));

        Assert.Equal(givesUp, thrown is TimeoutException);
        Assert.Equal(givesUp ? AwardSamples.NameOf(user) : name, (await store.FindAsync(code, user, Cancellation))!.Name);
    }

    /// <summary>So many writes come too late.</summary>
    private sealed class Overtaken(IAwardStore store, int times) : IAwardStore
    {
        private int left = times;

        public Task<StoredAward?> FindAsync(CertificationCode code, LmsId userId, CancellationToken cancellationToken) =>
            store.FindAsync(code, userId, cancellationToken);

        public Task<IReadOnlyDictionary<LmsId, StoredAward>> FindManyAsync(
            CertificationCode code, Shard shard, IReadOnlyList<LmsId> userIds, CancellationToken cancellationToken) =>
            store.FindManyAsync(code, shard, userIds, cancellationToken);

        public Task<bool> TryWriteAsync(AwardWrite write, CancellationToken cancellationToken) =>
            left-- > 0 ? Task.FromResult(false) : store.TryWriteAsync(write, cancellationToken);
    }
}
