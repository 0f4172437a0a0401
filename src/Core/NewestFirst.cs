using System.Globalization;
using System.Security.Cryptography;

namespace CertFunctions.Core;

/// <summary>
/// Unique keys that sort newest first, so that a list of what they name needs no index: 32 lower-case hex digits, of which 12 count down the
/// milliseconds to the year 10889 and 20 are random.
/// </summary>
public static class NewestFirst
{
    public const int Length = 32;
    private const long MaxMilliseconds = 0xFFFF_FFFF_FFFF;

    public static string NewKey(DateTimeOffset now) =>
        CountdownOf(now) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(10));

    /// <summary>The first 12 digits.</summary>
    public static string CountdownOf(DateTimeOffset time) =>
        (MaxMilliseconds - time.ToUnixTimeMilliseconds()).ToString("x12", CultureInfo.InvariantCulture);
}
