using System.Globalization;

namespace CertFunctions.Core;

/// <summary>An instant as callers write it: RFC 3339, in UTC with <c>Z</c>.</summary>
public static class Instant
{
    public const string Rule = "must be an instant in UTC, such as 2026-11-24T02:30:00Z";

    private const string Format = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public static bool TryParse(string? text, out DateTimeOffset instant) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out instant);
}
