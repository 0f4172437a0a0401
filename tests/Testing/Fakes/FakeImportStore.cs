using System.Collections.Concurrent;
using CertFunctions.Core;
using CertFunctions.Core.Ingestion;

namespace CertFunctions.Testing.Fakes;

/// <summary>In memory: which files were ingested, and how far each was read.</summary>
public sealed class FakeImportStore : IImportStore
{
    private readonly Dictionary<string, (DroppedFile File, JobId Id)> registered = [];
    private readonly ConcurrentDictionary<JobId, TakenFile> taken = new();
    private readonly ConcurrentDictionary<(JobId Id, int Number), (ImportChunk Chunk, byte[] Remembered)> chunks = new();

    /// <summary>What happens before the next chunk is noted, once.</summary>
    public Func<Task>? BeforeAdding { get; set; }

    public Task<Registration> RegisterAsync(DroppedFile file, JobId proposed, JobId? instead, CancellationToken cancellationToken)
    {
        lock (registered)
        {
            if (!registered.TryGetValue(file.Path, out var former) || !IsSame(former.File, file) || former.Id == instead)
            {
                registered[file.Path] = former = (file, proposed);
            }

            return Task.FromResult(new Registration(former.Id, former.File.Revision));
        }
    }

    public Task NoteTakenAsync(TakenFile taken, CancellationToken cancellationToken)
    {
        this.taken[taken.JobId] = taken;
        return Task.CompletedTask;
    }

    public Task ForgetTakenAsync(JobId id, CancellationToken cancellationToken)
    {
        taken.TryRemove(id, out _);
        return Task.CompletedTask;
    }

    public IAsyncEnumerable<TakenFile> ListTakenAsync(CancellationToken cancellationToken) => taken.Values.ToAsyncEnumerable();

    public async Task<bool> TryAddChunkAsync(
        JobId id, ImportChunk chunk, ReadOnlyMemory<byte> remembered, CancellationToken cancellationToken)
    {
        if (BeforeAdding is { } happens)
        {
            BeforeAdding = null;
            await happens();
        }

        var stored = remembered.IsEmpty ? chunk : chunk with { Remembered = $"rows.{chunk.Number}" };
        return chunks.TryAdd((id, chunk.Number), (stored, remembered.ToArray()));
    }

    public Task<IReadOnlyList<ImportChunk>> ListChunksAsync(JobId id, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ImportChunk>>(
            [.. chunks.Where(stored => stored.Key.Id == id).OrderBy(stored => stored.Key.Number).Select(stored => stored.Value.Chunk)]);

    public Task<ReadOnlyMemory<byte>> ReadRememberedAsync(JobId id, ImportChunk chunk, CancellationToken cancellationToken) =>
        Task.FromResult<ReadOnlyMemory<byte>>(chunks[(id, chunk.Number)].Remembered);

    private static bool IsSame(DroppedFile former, DroppedFile file) =>
        former.Revision == file.Revision || (file.ContentHash is not null && former.ContentHash == file.ContentHash);
}
