using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Lms;

/// <summary>Keeps the settings that were in force when an instance last looked.</summary>
public interface IKnownWebhookSettingsStore
{
    /// <summary>Null: none were ever in force.</summary>
    Task<StoredWebhookSettings?> FindAsync(CancellationToken cancellationToken);

    /// <param name="revision">What was read before; null: nothing.</param>
    /// <param name="entry">What the audit is to say of it, stored with it or not at all.</param>
    /// <returns>False when another instance was faster.</returns>
    Task<bool> TryWriteAsync(KnownWebhookSettings settings, string? revision, AuditEntry? entry, CancellationToken cancellationToken);
}

/// <param name="Revision">Names this state of the stored row.</param>
public sealed record StoredWebhookSettings(KnownWebhookSettings Settings, string Revision);
