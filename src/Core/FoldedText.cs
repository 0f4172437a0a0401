using System.Text;

namespace CertFunctions.Core;

/// <summary>Compares texts whatever their case and composition: NFC, invariant lower case.</summary>
public static class FoldedText
{
    /// <summary>The one character but for lone surrogates that <see cref="string.Normalize()"/> throws at. It composes with nothing.</summary>
    private const char Refused = '\uFFFE';

    public static string Of(string text) => Compose(text).ToLowerInvariant();

    public static bool AreSame(string one, string other) => Of(one) == Of(other);

    private static string Compose(string text) => text.Contains(Refused)
        ? string.Join(Refused, text.Split(Refused).Select(part => part.Normalize(NormalizationForm.FormC)))
        : text.Normalize(NormalizationForm.FormC);
}
