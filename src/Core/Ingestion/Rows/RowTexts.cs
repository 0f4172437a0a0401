namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>The rule for texts that are kept, the same as in a request.</summary>
internal static class RowTexts
{
    /// <param name="max">In code points.</param>
    /// <returns>What is wrong, as the end of a sentence; null: nothing.</returns>
    public static string? WhyNot(string text, int max) => text switch
    {
        _ when text.Length > max && text.EnumerateRunes().Count() > max => $"has more than {max} characters",
        _ when text.Any(char.IsControl) => "has a line break or another control character",
        _ => null,
    };
}
