namespace CertFunctions.Core.Lms;

/// <summary>How the LMS may prove that it is the LMS, told without any secret: enough to see that it changed.</summary>
/// <param name="Secrets">The first 8 hex digits of the SHA-256 of each.</param>
/// <param name="Username">Null: no name and password are taken.</param>
/// <param name="Password">The first 8 hex digits of a slow hash with <paramref name="Salt"/>.</param>
public sealed record KnownWebhookSettings(IReadOnlyList<string> Secrets, string? Username, string? Password, string Salt)
{
    public bool IsNone => Secrets.Count == 0 && Username is null;

    public bool SaysTheSameAs(KnownWebhookSettings other) =>
        Secrets.SequenceEqual(other.Secrets) && Username == other.Username && Password == other.Password;
}
