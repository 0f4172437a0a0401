namespace CertFunctions.Core.Certifications;

/// <summary>Which certifications a list shows.</summary>
/// <param name="Search">The beginning of a code, or of a word of a title, whatever the case; null: all.</param>
/// <param name="Status">Null: all.</param>
public sealed record CertificationFilter(string? Search, CertificationStatus? Status)
{
    private readonly string? folded = Search is null ? null : FoldedText.Of(Search);

    public bool Finds(Certification certification) =>
        (Status is null || certification.Status == Status)
        && (folded is null || certification.Code.Key.StartsWith(folded, StringComparison.Ordinal) || BeginsAWord(FoldedText.Of(certification.Title), folded));

    private static bool BeginsAWord(string title, string start)
    {
        for (var at = title.IndexOf(start, StringComparison.Ordinal); at >= 0; at = title.IndexOf(start, at + 1, StringComparison.Ordinal))
        {
            if (at == 0 || !char.IsLetterOrDigit(title[at - 1]))
            {
                return true;
            }
        }

        return false;
    }
}
