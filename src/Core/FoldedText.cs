using System.Text;

namespace CertFunctions.Core;

/// <summary>Compares texts whatever their case and composition: NFC, invariant lower case.</summary>
public static class FoldedText
{
    public static string Of(string text) => text.Normalize(NormalizationForm.FormC).ToLowerInvariant();

    public static bool AreSame(string one, string other) => Of(one) == Of(other);
}
