using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CertFunctions.Functions.Pages;

/// <summary>How whoever reads a page writes dates and numbers, as the browser says.</summary>
internal static class ReaderLanguage
{
    public static readonly CultureInfo Fallback = CultureInfo.GetCultureInfo("en-GB");

    public static CultureInfo Of(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList([.. request.Headers.AcceptLanguage.OfType<string>()], out var languages)
            ? languages.OrderByDescending(language => language.Quality ?? 1).Select(language => Find(language.Value.ToString())).OfType<CultureInfo>().FirstOrDefault(Fallback)
            : Fallback;

    /// <summary>Of a language without a country its usual one; null: not one that is known, as <c>*</c>.</summary>
    private static CultureInfo? Find(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true) is { Name.Length: > 0, IsNeutralCulture: var isNeutral } found
                ? isNeutral ? CultureInfo.CreateSpecificCulture(name) : found
                : null;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }
}
