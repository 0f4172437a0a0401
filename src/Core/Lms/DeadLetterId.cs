using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CertFunctions.Core.Lms;

/// <summary>
/// 32 lower-case hex digits that sort <see cref="NewestFirst"/> by when the message was received; the last 20 are a hash of message and element. The same element has the same id however often it fails.
/// </summary>
public sealed record DeadLetterId
{
    public const string Rule = "must be 32 lower-case hex digits";
    private const int Length = NewestFirst.Length;
    private const int HashBytes = 10;

    private DeadLetterId(string value) => Value = value;

    public string Value { get; }

    public static DeadLetterId Of(WebhookElement element)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{element.Index}:{element.MessageId}")));
        return new(NewestFirst.CountdownOf(element.ReceivedAt) + Convert.ToHexStringLower(hash.AsSpan(0, HashBytes)));
    }

    /// <summary>Sorts behind the ids of all messages that were received at a time or after it, and before all others.</summary>
    public static string BehindAllSince(DateTimeOffset time) => NewestFirst.CountdownOf(time.AddMilliseconds(-1));

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out DeadLetterId? id)
    {
        id = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower) ? new DeadLetterId(text) : null;
        return id is not null;
    }

    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>: only for text that was valid when stored.</exception>
    public static DeadLetterId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' {Rule}.");

    public override string ToString() => Value;
}
