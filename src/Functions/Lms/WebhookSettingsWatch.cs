using System.Security.Cryptography;
using System.Text;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Lms;

namespace CertFunctions.Functions.Lms;

/// <summary>
/// Tells the audit when the settings changed by which the LMS proves itself. Nobody changes them through the app: an instance compares what it
/// was started with to what was in force before, once.
/// </summary>
public sealed class WebhookSettingsWatch(WebhookSettings settings, IKnownWebhookSettingsStore store, TimeProvider time)
{
    private const int Digits = 8;

    /// <summary>By PBKDF2 with SHA-256, as the OWASP Password Storage Cheat Sheet asks for.</summary>
    private const int Iterations = 600_000;

    private volatile bool isNoted;

    public async Task NoteAsync(CancellationToken cancellationToken)
    {
        var attempts = new Attempts();
        while (!isNoted)
        {
            attempts.Next();
            var stored = await store.FindAsync(cancellationToken);
            var before = stored?.Settings;
            var now = KnownOf(settings, before?.Salt ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
            isNoted = before?.SaysTheSameAs(now) ?? now.IsNone;
            isNoted = isNoted || await store.TryWriteAsync(now, stored?.Revision, EntryOf(before, now), cancellationToken);
        }
    }

    private AuditEntry? EntryOf(KnownWebhookSettings? before, KnownWebhookSettings after) => AuditEntry.Of(
        Actor.System, time.GetUtcNow(), "webhookSettings.changed", "webhooks/lms/settings", before, after.IsNone ? null : after);

    private static KnownWebhookSettings KnownOf(WebhookSettings settings, string salt) => new(
        [.. settings.Secrets.Select(secret => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)))[..Digits])],
        settings.Basic?.Username,
        settings.Basic is { } login ? Convert.ToHexStringLower(SlowHash(login.Password, salt)) : null,
        salt);

    private static byte[] SlowHash(string password, string salt) => Rfc2898DeriveBytes.Pbkdf2(
        Encoding.UTF8.GetBytes(password), Convert.FromHexString(salt), Iterations, HashAlgorithmName.SHA256, Digits / 2);
}
