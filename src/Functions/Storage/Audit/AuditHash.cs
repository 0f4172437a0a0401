using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CertFunctions.Core;

namespace CertFunctions.Functions.Storage.Audit;

/// <summary>
/// The chain of a day. An entry's hash is the SHA-256 of the hash before it, its number and its content; that of the first entry begins with
/// what the day before was when this one began. So no entry can be altered, taken out, put in or moved without all later ones.
/// </summary>
internal static class AuditHash
{
    public static byte[] Of(ReadOnlySpan<byte> previous, long number, ReadOnlySpan<byte> content) =>
        SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{number}\n")), .. content]);

    /// <summary>What the first entry of a day is chained to.</summary>
    /// <param name="before">The day before it that has entries; null: there is none.</param>
    public static byte[] OfStart(DateOnly day, AuditLink? before) => SHA256.HashData(Encoding.UTF8.GetBytes(before is null
        ? CalendarDate.ToText(day)
        : string.Create(CultureInfo.InvariantCulture, $"{CalendarDate.ToText(day)}\n{CalendarDate.ToText(before.Day)}\n{before.Count}\n{Convert.ToHexStringLower(before.Hash)}")));
}

/// <summary>How far a day had come when the next one began.</summary>
/// <param name="Hash">That of its entry of this number.</param>
internal sealed record AuditLink(DateOnly Day, long Count, byte[] Hash);
