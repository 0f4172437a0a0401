using System.Diagnostics.CodeAnalysis;

namespace CertFunctions.Core;

/// <summary>The beginning of a text that is too long to be kept whole.</summary>
public static class Excerpt
{
    private const char Ellipsis = '…';

    /// <returns>The text where it is short enough; else its beginning and an ellipsis, together no longer than that.</returns>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text, int length)
    {
        if (text is null || text.Length <= length)
        {
            return text;
        }

        var cut = char.IsHighSurrogate(text[length - 2]) ? length - 2 : length - 1;
        return text[..cut] + Ellipsis;
    }
}
