using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Testing.Fakes;

/// <summary>Files in memory.</summary>
public sealed class FakeImportFiles(TimeProvider time) : IImportFiles
{
    private readonly ConcurrentDictionary<string, (DroppedFile File, byte[] Content)> drop = new();
    private readonly ConcurrentDictionary<string, byte[]> archived = new();
    private readonly ConcurrentDictionary<JobId, byte[]> texts = new();
    private readonly ConcurrentDictionary<ReportDraft, ConcurrentDictionary<int, byte[]>> reportParts = new();
    private readonly ConcurrentDictionary<string, byte[]> reports = new();

    public void Drop(string path, byte[] content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        drop[path] = (new DroppedFile(path, Guid.NewGuid().ToString(), hash, content.Length, time.GetUtcNow()), content);
    }

    /// <summary>As an upload does.</summary>
    public void Archive(string archive, byte[] content) => archived[archive] = content;

    public Task<DroppedFile?> FindDroppedAsync(string path, CancellationToken cancellationToken) =>
        Task.FromResult(drop.TryGetValue(path, out var found) ? found.File : null);

    public Task<Uri> GrantDropAsync(string path, DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        Task.FromResult(new Uri($"https://drop.example/{path}?until={until:O}"));

    public async IAsyncEnumerable<DroppedFile> ListDroppedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var (file, _) in drop.Values)
        {
            yield return file;
        }
    }

    public Task<bool> TryArchiveAsync(DroppedFile file, string archive, CancellationToken cancellationToken)
    {
        if (drop.TryGetValue(file.Path, out var found) && found.File.Revision == file.Revision)
        {
            archived.TryAdd(archive, found.Content);
        }

        return Task.FromResult(archived.ContainsKey(archive));
    }

    public Task RemoveDroppedAsync(DroppedFile file, CancellationToken cancellationToken)
    {
        if (drop.TryGetValue(file.Path, out var found) && found.File.Revision == file.Revision)
        {
            drop.TryRemove(new(file.Path, found));
        }

        return Task.CompletedTask;
    }

    public Task<ReadOnlyMemory<byte>> ReadAsync(string archive, long offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Part(archived[archive], offset, count));

    public Task<ReadOnlyMemory<byte>> ReadTextAsync(JobId id, ImportFile file, long offset, int count, CancellationToken cancellationToken) =>
        Task.FromResult(Part(file.Format!.IsUtf8 ? archived[file.Archive] : texts[id], offset, count));

    public async Task PrepareTextAsync(JobId id, ImportFile file, CsvFormat format, CancellationToken cancellationToken)
    {
        if (!format.IsUtf8)
        {
            using var text = new MemoryStream();
            await format.Utf8Stream(new MemoryStream(archived[file.Archive])).CopyToAsync(text, cancellationToken);
            texts[id] = text.ToArray();
        }
    }

    public Task<int> CountReportPartsAsync(ReportDraft report, CancellationToken cancellationToken)
    {
        var parts = PartsOf(report);
        return Task.FromResult(Enumerable.Range(0, parts.Count + 1).First(part => !parts.ContainsKey(part)));
    }

    public Task WriteReportPartAsync(ReportDraft report, int part, Stream content, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        PartsOf(report)[part] = copy.ToArray();
        return Task.CompletedTask;
    }

    public Task CompleteReportAsync(ReportDraft report, int parts, CancellationToken cancellationToken)
    {
        reports[report.Path] = [.. Enumerable.Range(0, parts).SelectMany(part => PartsOf(report)[part])];
        return Task.CompletedTask;
    }

    public Task<Stream?> FindReportAsync(JobId id, ImportFile file, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(reports.TryGetValue(file.ReportOf(id.Value), out var report) ? new MemoryStream(report) : null);

    private ConcurrentDictionary<int, byte[]> PartsOf(ReportDraft report) => reportParts.GetOrAdd(report, _ => new());

    private static ReadOnlyMemory<byte> Part(byte[] content, long offset, int count) =>
        offset >= content.Length ? default : content.AsMemory((int)offset, (int)Math.Min(count, content.Length - offset));
}
