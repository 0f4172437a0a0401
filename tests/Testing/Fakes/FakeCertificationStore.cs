using System.Collections.Concurrent;
using System.Globalization;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Testing.Fakes;

public sealed class FakeCertificationStore : ICertificationStore
{
    private readonly ConcurrentDictionary<CertificationCode, StoredCertification> rows = new();
    private int revisions;
    private int reads;

    /// <summary>What was stored with changes for the audit to say.</summary>
    public FakeAudit Audit { get; } = new();

    /// <summary>How often one was read by its code.</summary>
    public int Reads => reads;

    /// <summary>Puts certifications there, over those of the same code.</summary>
    public void Add(params ReadOnlySpan<Certification> added)
    {
        foreach (var certification in added)
        {
            rows[certification.Code] = Stored(certification);
        }
    }

    public Task<StoredCertification?> FindAsync(CertificationCode code, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref reads);
        return Task.FromResult(rows.GetValueOrDefault(code));
    }

    public Task<IReadOnlyList<Certification>> FindListingAsync(Activity activity, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Certification>>(
        [
            .. rows.Values.Select(row => row.Certification)
                .Where(c => c.Status == CertificationStatus.Active && c.Activities.Contains(activity))
                .OrderBy(c => c.Code.Key, StringComparer.Ordinal),
        ]);

    public Task<bool> TryAddAsync(Certification certification, AuditEntry? entry, CancellationToken cancellationToken) =>
        Task.FromResult(Audit.Note(rows.TryAdd(certification.Code, Stored(certification)), entry));

    public Task<bool> TryReplaceAsync(Certification certification, string revision, AuditEntry? entry, CancellationToken cancellationToken) =>
        Task.FromResult(Audit.Note(
            rows.TryGetValue(certification.Code, out var former)
            && former.Revision == revision
            && rows.TryUpdate(certification.Code, Stored(certification), former),
            entry));

    public Task<Page<Certification>> ListAsync(
        string? search, CertificationStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        var filter = new CertificationFilter(search, status);
        var found = rows.Values.Select(row => row.Certification)
            .Where(c => (page.After is null || string.CompareOrdinal(c.Code.Key, page.After) > 0) && filter.Finds(c))
            .OrderBy(c => c.Code.Key, StringComparer.Ordinal)
            .Take(page.Limit + 1)
            .ToList();
        return Task.FromResult(new Page<Certification>(
            [.. found.Take(page.Limit)], found.Count > page.Limit ? found[page.Limit - 1].Code.Key : null));
    }

    private StoredCertification Stored(Certification certification) =>
        new(certification, Interlocked.Increment(ref revisions).ToString(CultureInfo.InvariantCulture));
}
