using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Awards;

public sealed class TableAwardProjectionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(Limits.WriteAttempts - 1, false)]
    [InlineData(Limits.WriteAttempts, true)]
    public async Task Gives_up_on_an_award_that_changes_again_and_again(int times, bool givesUp)
    {
        var scene = await SceneAsync();
        var projection = scene.ProjectionThat(async () =>
        {
            if (times-- > 0)
            {
                await scene.TouchAsync();
            }
        });

        var thrown = await Record.ExceptionAsync(() => projection.ShowAsync(Shard.Of(scene.User), [scene.User], Cancellation));

        Assert.Equal(givesUp, thrown is TimeoutException);
        Assert.Equal(givesUp ? "old" : "new", await scene.UsernameShownAsync());
    }

    /// <summary>It has read the awards and the names, and stands still while the user is renamed once more and the awards with it.</summary>
    [Fact]
    public async Task A_slow_rename_does_not_have_the_last_word()
    {
        var scene = await SceneAsync();
        var stood = false;
        var slow = scene.ProjectionThat(async () =>
        {
            if (!stood)
            {
                stood = true;
                scene.Users.Add(Sample.User(scene.User.Value, "newest"));
                await scene.ProjectionThat(() => Task.CompletedTask).ShowAsync(Shard.Of(scene.User), [scene.User], Cancellation);
            }
        });

        await slow.ShowAsync(Shard.Of(scene.User), [scene.User], Cancellation);

        Assert.Equal("newest", await scene.UsernameShownAsync());
    }

    private static async Task<Scene> SceneAsync()
    {
        var clients = await Emulator.ClientsAsync();
        var scene = new Scene(clients, AwardSamples.NewUserId());
        scene.Users.Add(Sample.User(scene.User.Value, "new"));
        Assert.True(await scene.Awards.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(scene.Code, scene.User), new ShownUser("old", "Ada", "Lovelace", Active: true)), Cancellation));
        return scene;
    }

    private sealed record Scene(StorageClients Clients, LmsId User)
    {
        public Core.Certifications.CertificationCode Code { get; } = AwardSamples.NewCode();

        public FakeUserStore Users { get; } = new();

        public TableAwardStore Awards { get; } = new(
            Clients.Table(StorageNames.Tables.Awards), TimeProvider.System, TestAudit.OutboxOn(Clients.Table(StorageNames.Tables.Awards)));

        /// <param name="whenNamed">Happens when the awards and the names have been read.</param>
        public TableAwardProjection ProjectionThat(Func<Task> whenNamed) =>
            new(Clients.Table(StorageNames.Tables.Awards), new Named(Users, whenNamed), TimeProvider.System);

        /// <summary>Somebody writes the award as it is.</summary>
        public async Task TouchAsync()
        {
            var stored = (await Awards.FindAsync(Code, User, Cancellation))!;
            Assert.True(await Awards.TryWriteAsync(new AwardWrite(User, stored.User, stored, stored.Award), Cancellation));
        }

        public async Task<string> UsernameShownAsync() => (await Awards.FindAsync(Code, User, Cancellation))!.User.Username;
    }

    private sealed class Named(FakeUserStore users, Func<Task> whenNamed) : IUserStore
    {
        public async Task<IReadOnlyDictionary<LmsId, User>> FindManyAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken)
        {
            var found = await users.FindManyAsync(shard, ids, cancellationToken);
            await whenNamed();
            return found;
        }

        public Task<User?> FindAsync(LmsId id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public IAsyncEnumerable<User> ReadAsync(LmsId? after, int pageSize, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Page<User>> ListAsync(string? search, PageRequest page, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<LmsId, StoredUser>> FindManyStoredAsync(Shard shard, IReadOnlyList<LmsId> ids, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<string?> FindShownRevisionAsync(Shard shard, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlySet<LmsId>> WriteManyAsync(Shard shard, IReadOnlyList<UserWrite> writes, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<bool> TryRememberDeletionAsync(StoredUser former, DateTimeOffset at, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
