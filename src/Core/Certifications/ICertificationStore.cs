using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Certifications;

/// <summary>Keeps the definitions of certifications. A write of a stale revision is refused, never merged.</summary>
public interface ICertificationStore
{
    /// <summary>Always as it stands now.</summary>
    Task<StoredCertification?> FindAsync(CertificationCode code, CancellationToken cancellationToken);

    /// <summary>The active certifications that list an activity, in the order of codes. Always as they stand now; one read where none has changed.</summary>
    Task<IReadOnlyList<Certification>> FindListingAsync(Activity activity, CancellationToken cancellationToken);

    /// <param name="entry">What the audit is to say of it, stored with it or not at all; null: nothing.</param>
    /// <returns>False when there is one with this code already.</returns>
    Task<bool> TryAddAsync(Certification certification, AuditEntry? entry, CancellationToken cancellationToken);

    /// <returns>False when it changed since <paramref name="revision"/> was read.</returns>
    Task<bool> TryReplaceAsync(Certification certification, string revision, AuditEntry? entry, CancellationToken cancellationToken);

    /// <summary>In the order of codes.</summary>
    /// <param name="search">The beginning of a code, or of a word of a title, whatever the case; null: all.</param>
    /// <param name="status">Null: all.</param>
    Task<Page<Certification>> ListAsync(string? search, CertificationStatus? status, PageRequest page, CancellationToken cancellationToken);
}

/// <param name="Revision">Names this state of the stored row.</param>
public sealed record StoredCertification(Certification Certification, string Revision);
