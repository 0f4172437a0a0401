using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>Keeps the external trainings.</summary>
public interface IExternalTrainingStore
{
    Task<ExternalTraining?> FindAsync(LmsId id, CancellationToken cancellationToken);

    Task<StoredExternalTraining?> FindStoredAsync(LmsId id, CancellationToken cancellationToken);

    /// <param name="former">What was read before; null: it must be new.</param>
    /// <param name="entry">What the audit is to say of it, stored with it or not at all; null: nothing.</param>
    /// <returns>False when it changed since.</returns>
    Task<bool> TryWriteAsync(ExternalTraining training, StoredExternalTraining? former, AuditEntry? entry, CancellationToken cancellationToken);

    /// <summary>In the order of ids.</summary>
    Task<Page<ExternalTraining>> ListAsync(PageRequest page, CancellationToken cancellationToken);
}

/// <param name="Revision">Names this state of the stored row.</param>
public sealed record StoredExternalTraining(ExternalTraining Training, string Revision);
