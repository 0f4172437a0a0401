using CertFunctions.Core;
using CertFunctions.Core.Awarding;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.FullSync;
using CertFunctions.Core.Jobs;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Jobs;
using CertFunctions.Testing.Fakes;
using CertFunctions.Testing.Records;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Jobs;

/// <summary>What every store of manifests promises.</summary>
public abstract class ManifestStoreContract
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IManifestStore> StoreAsync();

    [Fact]
    public async Task Finds_every_run_of_a_manifest()
    {
        var store = await StoreAsync();
        var id = TestJob.Queued().Id;
        var userIds = Enumerable.Range(0, 300).Select(n => LmsId.Parse($"u-{n}")).Order(ShardOrder.Instance).ToList();

        var manifest = await WriteAsync(store, id, userIds);

        Assert.Equal((Shard.Count, 300), (manifest.Runs, manifest.Total));
        var read = new List<LmsId>();
        for (var run = 0; run < manifest.Runs; run++)
        {
            var found = (await store.FindRunAsync(id, manifest.Name, run, Cancellation))!;
            Assert.Equal((run, Shard.Of(found.Tasks[0].UserId!)), (found.Run, found.Shard));
            read.AddRange(found.Tasks.Select(task => task.UserId!));
        }

        Assert.Equal(userIds, read);
    }

    [Fact]
    public async Task Writes_a_manifest_of_nobody()
    {
        var manifest = await WriteAsync(await StoreAsync(), TestJob.Queued().Id, []);

        Assert.Equal((0, 0), (manifest.Runs, manifest.Total));
    }

    [Fact]
    public async Task Gives_every_manifest_a_name_of_its_own()
    {
        var store = await StoreAsync();
        var id = TestJob.Queued().Id;
        var first = await WriteAsync(store, id, [LmsId.Parse("u-1")]);

        var second = await WriteAsync(store, id, [LmsId.Parse("u-2")]);

        Assert.NotEqual(first.Name, second.Name);
        Assert.Equal([LmsId.Parse("u-1")], (await store.FindRunAsync(id, first.Name, 0, Cancellation))!.Tasks.Select(task => task.UserId));
    }

    [Fact]
    public async Task Finds_no_run_beyond_the_last_and_none_of_an_unknown_manifest()
    {
        var store = await StoreAsync();
        var id = TestJob.Queued().Id;
        var manifest = await WriteAsync(store, id, [LmsId.Parse("u-1")]);

        Assert.Null(await store.FindRunAsync(id, manifest.Name, 1, Cancellation));
        Assert.Null(await store.FindRunAsync(id, "manifest.gone", 0, Cancellation));
    }

    [Fact]
    public async Task Keeps_every_kind_of_task_as_it_was()
    {
        var store = await StoreAsync();
        var id = TestJob.Queued().Id;
        var code = CertificationCode.Parse("FIRE-1");
        var user = new OrderTask { UserId = LmsId.Parse("u-1"), Username = "ada\n\"1\"", Line = 7 };
        IReadOnlyList<RunTask> tasks =
        [
            new OrderTask { UserId = LmsId.Parse("u-1") },
            new AwardTask(code, TestJob.Work.Order) { UserId = user.UserId, Username = user.Username, Line = user.Line },
            new RevokeTask(code, "left") { UserId = user.UserId, Line = 8 },
            new UserTask(new UserEdit("ada", "Ada", "Müller", null, LmsId.Parse("b-1"), true)) { UserId = user.UserId, Line = 9 },
            new GroupTask(LmsId.Parse("g-1"), "Drivers") { UserId = user.UserId, Line = 10 },
            new BranchTask(LmsId.Parse("b-1"), "EMEA", null) { Line = 11 },
            new DeactivationTask { UserId = user.UserId, Username = user.Username },
            new DecidedTask(ChangeOutcome.Failed, "date_invalid", "No.") { Username = "佐藤", Line = 12 },
        ];

        var manifest = await store.WriteAsync(id, new[] { new RunTasks(0, Shard.Numbered(3), tasks) }.ToAsyncEnumerable(), Cancellation);

        Assert.Equal(tasks, (await store.FindRunAsync(id, manifest.Name, 0, Cancellation))!.Tasks);
    }

    [Fact]
    public async Task Joins_manifests_into_one_whose_runs_are_numbered_through()
    {
        var store = await StoreAsync();
        var id = TestJob.Queued().Id;
        var first = await WriteAsync(store, id, [LmsId.Parse("u-1")]);
        var second = await WriteAsync(store, id, [LmsId.Parse("u-2")]);

        var joined = await store.JoinAsync(id, [first.Name, second.Name], Cancellation);

        Assert.Equal((2, 2), (joined.Runs, joined.Total));
        var last = (await store.FindRunAsync(id, joined.Name, 1, Cancellation))!;
        Assert.Equal((1, LmsId.Parse("u-2")), (last.Run, last.Tasks[0].UserId));
    }

    /// <summary>Three parts of a file, each in its order, with rows that name nobody at the end.</summary>
    [Fact]
    public async Task Finds_users_in_whichever_part_they_are_and_reads_all_in_their_order()
    {
        var store = await StoreAsync();
        var (id, userIds) = (TestJob.Queued().Id, Enumerable.Range(0, 900).Select(n => LmsId.Parse($"u-{n}")).ToList());
        var joined = await JoinAsync(store, id, userIds);

        var found = await store.FindTasksAsync(
            id, joined.Name, new[] { userIds[0], userIds[1], userIds[2], userIds[899], LmsId.Parse("stranger") }.ToHashSet(), 100, Cancellation);

        Assert.Equal(new[] { userIds[0], userIds[1], userIds[2], userIds[899] }.ToHashSet(), found.Select(task => task.UserId!).ToHashSet());
        Assert.Equal(4, found.Count);
        var inOrder = userIds.Order(ShardOrder.Instance).ToList();
        Assert.Equal(inOrder, await ReadAsync(null));
        foreach (var at in new[] { 0, 1, 99, 449, 898, 899 })
        {
            Assert.Equal(inOrder[(at + 1)..], await ReadAsync(inOrder[at]));
        }

        Assert.Equal(inOrder.Where(user => ShardOrder.Instance.Compare(user, LmsId.Parse("stranger")) > 0), await ReadAsync(LmsId.Parse("stranger")));

        async Task<List<LmsId>> ReadAsync(LmsId? after) => await store.ReadUsersAsync(id, joined.Name, after, Cancellation).ToListAsync(Cancellation);
    }

    [Fact]
    public async Task Reads_first_the_run_that_has_most_of_the_users_looked_for()
    {
        var store = await StoreAsync();
        var (id, userIds) = (TestJob.Queued().Id, Enumerable.Range(0, 900).Select(n => LmsId.Parse($"u-{n}")).ToList());
        var joined = await JoinAsync(store, id, userIds);
        var ofFirstPart = userIds.Where((_, n) => n % 3 == 0).Order(ShardOrder.Instance).ToList();

        var found = await store.FindTasksAsync(id, joined.Name, ofFirstPart[..10].Append(ofFirstPart[^1]).ToHashSet(), 1, Cancellation);

        Assert.Equal(ofFirstPart[..10], found.Select(task => task.UserId!).Order(ShardOrder.Instance));
    }

    private static async Task<Manifest> JoinAsync(IManifestStore store, JobId id, IReadOnlyList<LmsId> userIds)
    {
        var parts = new List<string>();
        foreach (var part in userIds.Index().GroupBy(user => user.Index % 3, user => user.Item))
        {
            var runs = part.Order(ShardOrder.Instance).Chunk(90).Select((some, run) => new RunTasks(run, Shard.Of(some[0]), [.. TestJob.TasksOf(some)]));
            var nobodys = new RunTasks(4, Shard.Numbered(0), [new DecidedTask(ChangeOutcome.Failed, "date_invalid", "No.") { Line = 12 }]);
            parts.Add((await store.WriteAsync(id, runs.Append(nobodys).ToAsyncEnumerable(), Cancellation)).Name);
        }

        return await store.JoinAsync(id, parts, Cancellation);
    }

    private static Task<Manifest> WriteAsync(IManifestStore store, JobId id, IReadOnlyList<LmsId> userIds) =>
        store.WriteAsync(id, RunSplitter.SplitAsync(TestJob.TasksOf(userIds).ToAsyncEnumerable(), Cancellation), Cancellation);
}

public sealed class FakeManifestStoreTests : ManifestStoreContract
{
    protected override Task<IManifestStore> StoreAsync() => Task.FromResult<IManifestStore>(new FakeManifestStore());
}

public sealed class BlobManifestStoreTests : ManifestStoreContract
{
    protected override async Task<IManifestStore> StoreAsync() =>
        new BlobManifestStore((await Emulator.ClientsAsync()).Container(StorageNames.Containers.Jobs));
}
