using System.Collections.Concurrent;

namespace CertFunctions.Core.Certifications;

/// <summary>
/// Certifications by code for whoever shows many rows (title, renewal window). As they were up to <see cref="Age"/> ago when another
/// instance changed them; never to decide an award by.
/// </summary>
public sealed class CertificationCatalog(ICertificationStore certifications, TimeProvider time)
{
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(5);

    /// <summary>Beyond this many, all are forgotten: memory stays bounded.</summary>
    public const int Capacity = 2_000;

    private readonly ConcurrentDictionary<CertificationCode, Entry> entries = new();

    /// <summary>Those of the given codes that exist.</summary>
    public async Task<IReadOnlyDictionary<CertificationCode, Certification>> GetManyAsync(
        IReadOnlyCollection<CertificationCode> codes, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(codes.Distinct().Select(code => GetAsync(code, cancellationToken)));
        return found.OfType<Certification>().ToDictionary(certification => certification.Code);
    }

    public async Task<Certification?> GetAsync(CertificationCode code, CancellationToken cancellationToken)
    {
        if (entries.TryGetValue(code, out var entry) && entry.ReadAt is { } then && time.GetElapsedTime(then) < Age)
        {
            return entry.Certification;
        }

        if (entries.Count >= Capacity)
        {
            entries.Clear();
        }

        // Stands there from before the read: a write that comes meanwhile takes it away, and what was read is not kept.
        var reading = new Entry(null, null);
        entries[code] = reading;
        var readAt = time.GetTimestamp();
        var certification = (await certifications.FindAsync(code, cancellationToken))?.Certification;
        if (certification is null)
        {
            // Awards may follow at once where another instance makes it now.
            entries.TryRemove(new KeyValuePair<CertificationCode, Entry>(code, reading));
            return null;
        }

        entries.TryUpdate(code, new Entry(certification, readAt), reading);
        return certification;
    }

    /// <summary>To be called after a write.</summary>
    public void Forget(CertificationCode code) => entries.TryRemove(code, out _);

    /// <param name="readAt">Null: still being read.</param>
    private sealed class Entry(Certification? certification, long? readAt)
    {
        public Certification? Certification { get; } = certification;

        public long? ReadAt { get; } = readAt;
    }
}
