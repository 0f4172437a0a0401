using System.Text;
using CsvHelper;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>
/// How a text stands in a cell, the one rule for all that we write and read: no spreadsheet runs it, and it is read again as it was.
/// What begins with <c>= + - @</c>, tab or CR gets an apostrophe in front, and so does what already has apostrophes before such a
/// character. Reading takes one of them away. A plain number such as -212 is left alone.
/// </summary>
public static class CsvCell
{
    private const byte Apostrophe = (byte)'\'';

    public static void WriteText(this CsvWriter csv, string? text)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var needsLook = text is { Length: > 0 } && "'=+-@\t\r".Contains(text[0], StringComparison.Ordinal);
        csv.WriteField(needsLook && NeedsApostrophe(Encoding.UTF8.GetBytes(text!)) ? "'" + text : text);
    }

    /// <param name="text">In UTF-8.</param>
    internal static void WriteText(this CsvWriter csv, ReadOnlySpan<byte> text)
    {
        if (NeedsApostrophe(text))
        {
            csv.WriteField([Apostrophe, .. text]);
        }
        else
        {
            csv.WriteField(text);
        }
    }

    /// <returns>The text of a field, trimmed, in UTF-8.</returns>
    internal static ReadOnlySpan<byte> Read(ReadOnlySpan<byte> field)
    {
        var cell = TrimmedText.Of(field);
        return cell.Length > 1 && cell[0] == Apostrophe && IsRunBehindApostrophes(cell) ? cell[1..] : cell;
    }

    private static bool NeedsApostrophe(ReadOnlySpan<byte> text) => IsRunBehindApostrophes(text) && !IsPlainNumber(text);

    private static bool IsRunBehindApostrophes(ReadOnlySpan<byte> text) =>
        text.IndexOfAnyExcept(Apostrophe) is var first and >= 0
        && text[first] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@' or (byte)'\t' or (byte)'\r';

    /// <summary>A minus and digits, perhaps with a point among them. Anything else behind a minus may be a formula: -1+1 is one.</summary>
    private static bool IsPlainNumber(ReadOnlySpan<byte> text)
    {
        if (text[0] != '-')
        {
            return false;
        }

        var digits = text[1..];
        var point = digits.IndexOf((byte)'.');
        return point < 0 ? AreDigits(digits) : AreDigits(digits[..point]) && AreDigits(digits[(point + 1)..]);
    }

    private static bool AreDigits(ReadOnlySpan<byte> text) => text.Length > 0 && text.IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
}
