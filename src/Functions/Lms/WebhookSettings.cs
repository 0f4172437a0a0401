using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions.Lms;

/// <summary>
/// The settings <c>Webhooks__Lms__Secrets__0</c>, <c>__1</c> and <c>Webhooks__Lms__Basic__Username</c>, <c>__Password</c>. Two secrets,
/// so that one can be replaced while the LMS still signs with the other.
/// </summary>
/// <param name="Secrets"><c>whsec_</c> and base64 of 24 to 64 bytes each.</param>
public sealed record WebhookSettings(IReadOnlyList<string> Secrets, WebhookLogin? Basic)
{
    private const string Prefix = "whsec_";
    private const int MinSecretBytes = 24;
    private const int MaxSecretBytes = 64;

    /// <exception cref="StartException">One is malformed: names the setting, never its value.</exception>
    public static WebhookSettings Of(IConfiguration settings)
    {
        var lms = settings.GetSection("Webhooks:Lms");
        var secrets = lms.GetSection("Secrets").GetChildren().Where(secret => !string.IsNullOrEmpty(secret.Value)).ToList();
        if (secrets.Find(secret => !IsSecret(secret.Value!)) is { } bad)
        {
            throw new StartException(
                $"The setting Webhooks__Lms__Secrets__{bad.Key} must be {Prefix} followed by base64 of {MinSecretBytes} to {MaxSecretBytes} bytes.");
        }

        var (username, password) = (lms["Basic:Username"], lms["Basic:Password"]);
        if (string.IsNullOrEmpty(username) != string.IsNullOrEmpty(password) || username?.Contains(':', StringComparison.Ordinal) == true)
        {
            throw new StartException(
                "Set both Webhooks__Lms__Basic__Username (without a colon) and Webhooks__Lms__Basic__Password, or neither.");
        }

        return new([.. secrets.Select(secret => secret.Value!)], string.IsNullOrEmpty(username) ? null : new WebhookLogin(username, password!));
    }

    private static bool IsSecret(string text)
    {
        var bytes = new byte[text.Length];
        return text.StartsWith(Prefix, StringComparison.Ordinal)
            && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length)
            && length is >= MinSecretBytes and <= MaxSecretBytes;
    }
}

public sealed record WebhookLogin(string Username, string Password);
