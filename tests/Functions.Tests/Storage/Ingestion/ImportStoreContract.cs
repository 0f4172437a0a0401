using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Ingestion;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using CertFunctions.TestWorlds.Storage;

namespace CertFunctions.Functions.Tests.Storage.Ingestion;

/// <summary>What every store of imports promises.</summary>
public abstract class ImportStoreContract
{
    private readonly string path = $"awards/{Guid.NewGuid():n} \U0001F525 #?.csv";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract Task<IImportStore> StoreAsync();

    [Fact]
    public async Task A_content_of_a_file_has_the_job_that_was_proposed_first()
    {
        var store = await StoreAsync();

        var first = await RegisterAsync(store, "r1", "h1");

        Assert.Equal(first, await RegisterAsync(store, "r1", "h1"));
        Assert.Equal(first, await RegisterAsync(store, "r2", "h1"));
        Assert.Equal(first, await RegisterAsync(store, "r1", null));
    }

    [Fact]
    public async Task Another_content_has_another_job_and_so_has_the_first_one_after_it()
    {
        var store = await StoreAsync();

        JobId[] jobs = [await RegisterAsync(store, "r1", "h1"), await RegisterAsync(store, "r2", "h2"), await RegisterAsync(store, "r3", "h1")];

        Assert.Distinct(jobs);
        Assert.Equal(jobs[2], await RegisterAsync(store, "r3", "h1"));
    }

    [Fact]
    public async Task Without_a_hash_another_revision_is_another_content()
    {
        var store = await StoreAsync();

        var first = await RegisterAsync(store, "r1", null);

        Assert.Equal(first, await RegisterAsync(store, "r1", null));
        Assert.NotEqual(first, await RegisterAsync(store, "r2", null));
    }

    [Fact]
    public async Task What_is_taken_is_listed_until_it_is_forgotten_and_both_may_be_repeated()
    {
        var store = await StoreAsync();
        var (kept, forgotten) = (new TakenFile(JobId.New(Sample.Now), File("r1", "h1")), new TakenFile(JobId.New(Sample.Now), File("r2", null)));
        foreach (var taken in new[] { kept, forgotten, kept })
        {
            await store.NoteTakenAsync(taken, Cancellation);
        }

        await store.ForgetTakenAsync(forgotten.JobId, Cancellation);
        await store.ForgetTakenAsync(forgotten.JobId, Cancellation);

        var listed = await store.ListTakenAsync(Cancellation).ToListAsync(Cancellation);
        Assert.Contains(kept, listed);
        Assert.DoesNotContain(forgotten, listed);
    }

    [Fact]
    public async Task Names_that_differ_in_case_alone_are_two_files()
    {
        var store = await StoreAsync();
        var (lower, upper) = (File("r1", "h1"), File("r2", "h2") with { Path = path.ToUpperInvariant() });

        var first = await store.RegisterAsync(lower, NewJob(), null, Cancellation);
        var second = await store.RegisterAsync(upper, NewJob(), null, Cancellation);

        Assert.Equal(first, await store.RegisterAsync(lower, NewJob(), null, Cancellation));
        Assert.Equal(second, await store.RegisterAsync(upper, NewJob(), null, Cancellation));
    }

    [Fact]
    public async Task Of_many_that_report_a_file_at_once_one_decides()
    {
        var store = await StoreAsync();

        var jobs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RegisterAsync(store, "r1", "h1"))));

        Assert.Single(jobs.Distinct());
    }

    [Fact]
    public async Task The_first_to_note_a_chunk_decides()
    {
        var (store, id) = (await StoreAsync(), NewJob());

        Assert.True(await store.TryAddChunkAsync(id, Chunk(0, "mine"), "abc"u8.ToArray(), Cancellation));
        Assert.False(await store.TryAddChunkAsync(id, Chunk(0, "yours"), "defg"u8.ToArray(), Cancellation));

        var chunk = Assert.Single(await store.ListChunksAsync(id, Cancellation));
        Assert.Equal(Chunk(0, "mine"), chunk with { Remembered = null });
        Assert.Equal("abc"u8.ToArray(), (await store.ReadRememberedAsync(id, chunk, Cancellation)).ToArray());
    }

    [Fact]
    public async Task Lists_the_chunks_of_one_job_in_their_order()
    {
        var (store, id) = (await StoreAsync(), NewJob());
        foreach (var number in Enumerable.Range(0, 20).Reverse())
        {
            await store.TryAddChunkAsync(id, Chunk(number), default, Cancellation);
        }

        await store.TryAddChunkAsync(NewJob(), Chunk(20), default, Cancellation);

        Assert.Equal(Enumerable.Range(0, 20), (await store.ListChunksAsync(id, Cancellation)).Select(chunk => chunk.Number));
        Assert.Empty(await store.ListChunksAsync(NewJob(), Cancellation));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000_000)]
    public async Task Remembers_so_many_bytes_with_a_chunk(int bytes)
    {
        var (store, id) = (await StoreAsync(), NewJob());
        var remembered = new byte[bytes];
        new Random(bytes).NextBytes(remembered);

        await store.TryAddChunkAsync(id, Chunk(0), remembered, Cancellation);

        var chunk = Assert.Single(await store.ListChunksAsync(id, Cancellation));
        Assert.Equal(remembered, (await store.ReadRememberedAsync(id, chunk, Cancellation)).ToArray());
    }

    private static JobId NewJob() => JobId.New(Sample.Now);

    [Fact]
    public async Task A_job_that_does_not_count_any_more_gives_way_once()
    {
        var store = await StoreAsync();
        var first = await RegisterAsync(store, "r1", "h1");

        var second = await store.RegisterAsync(File("r2", "h1"), NewJob(), first, Cancellation);

        Assert.Equal("r2", second.Revision);
        Assert.NotEqual(first, second.JobId);
        Assert.Equal(second, await store.RegisterAsync(File("r2", "h1"), NewJob(), first, Cancellation));
        Assert.Equal(second.JobId, await RegisterAsync(store, "r3", "h1"));
    }

    private async Task<JobId> RegisterAsync(IImportStore store, string revision, string? hash) =>
        (await store.RegisterAsync(File(revision, hash), NewJob(), null, Cancellation)).JobId;

    private DroppedFile File(string revision, string? hash) => new(path, revision, hash, 10, Sample.Now);

    private static ImportChunk Chunk(int number, string manifest = "manifest") => new(
        number, number * 100L, 100, new CsvPosition(number + 2, SkipsLine: false), new CsvPosition(number + 3, SkipsLine: true), IsLast: number == 7, manifest, Runs: 3);
}

public sealed class FakeImportStoreTests : ImportStoreContract
{
    protected override Task<IImportStore> StoreAsync() => Task.FromResult<IImportStore>(new FakeImportStore());
}

public sealed class TableImportStoreTests : ImportStoreContract
{
    protected override async Task<IImportStore> StoreAsync()
    {
        var clients = await Emulator.ClientsAsync();
        return new TableImportStore(clients.Table(StorageNames.Tables.Imports), clients.Container(StorageNames.Containers.Jobs));
    }
}
