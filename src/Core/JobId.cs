using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;

namespace CertFunctions.Core;

/// <summary>
/// The id of a job: 32 lower-case hex digits that sort newest first, so that the list of jobs needs no index.
/// 12 digits count down the milliseconds to the year 10889, 20 are random.
/// </summary>
public sealed record JobId
{
    public const int Length = 32;
    public const string Rule = "must be 32 lower-case hex digits";
    private const long MaxMilliseconds = 0xFFFF_FFFF_FFFF;

    private JobId(string value) => Value = value;

    public string Value { get; }

    public static JobId New(DateTimeOffset now) => new(
        (MaxMilliseconds - now.ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture)
        + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10)));

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out JobId? id)
    {
        id = text is { Length: Length } && text.All(char.IsAsciiHexDigitLower) ? new JobId(text) : null;
        return id is not null;
    }

    /// <exception cref="FormatException">The text breaks <see cref="Rule"/>: only for text that was valid when stored.</exception>
    public static JobId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException($"'{text}' {Rule}.");

    public override string ToString() => Value;
}
