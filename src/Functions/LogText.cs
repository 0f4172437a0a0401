using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using CertFunctions.Core;

namespace CertFunctions.Functions;

/// <summary>What others chose the words of, as a log may hold it: not too much of it, and nothing that looks like a line of its own.</summary>
internal static class LogText
{
    public const int Length = 200;

    private const char Replacement = '\uFFFD';

    /// <returns>Control characters, line separators and direction marks are replaced, as is a lone half of a surrogate pair.</returns>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text) => text is null ? null : string.Concat(Excerpt.Of(text, Length).EnumerateRunes().Select(Shown));

    private static string Shown(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => $"{Replacement}",
        _ => rune.ToString(),
    };
}
