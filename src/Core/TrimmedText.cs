using System.Buffers;
using System.Text;

namespace CertFunctions.Core;

/// <summary>
/// A text without what nobody sees at its ends: white space of any kind, and characters without a width. In the middle they stay.
/// The one rule for names, titles and usernames on every way in, so that what one way stores another way finds.
/// </summary>
public static class TrimmedText
{
    public static string Of(string text)
    {
        var (from, to) = (0, text.Length);
        while (from < to && IsUnseen(text[from]))
        {
            from++;
        }

        while (to > from && IsUnseen(text[to - 1]))
        {
            to--;
        }

        return text[from..to];
    }

    /// <param name="text">In UTF-8; bytes that are none end it as letters do.</param>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> text)
    {
        // Nearly every cell of a file begins and ends with a letter or a digit: a look at two bytes is all that it costs.
        while (text.Length > 0 && MayBeUnseen(text[0]) && Rune.DecodeFromUtf8(text, out var first, out var length) == OperationStatus.Done && IsUnseen(first))
        {
            text = text[length..];
        }

        while (text.Length > 0 && MayBeUnseen(text[^1]) && Rune.DecodeLastFromUtf8(text, out var last, out var length) == OperationStatus.Done && IsUnseen(last))
        {
            text = text[..^length];
        }

        return text;
    }

    private static bool MayBeUnseen(byte value) => value is <= (byte)' ' or >= 0x80;

    private static bool IsUnseen(Rune rune) => rune.IsBmp && IsUnseen((char)rune.Value);

    private static bool IsUnseen(char value) => char.IsWhiteSpace(value) || value is
        '\u061C' or '\u180E' or (>= '\u200B' and <= '\u200F') or '\u2060' or '\uFEFF';
}
