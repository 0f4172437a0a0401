namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>What stands between the fields: comma, semicolon or tab, or whatever a <c>sep=</c> line or the sender names.</summary>
public static class CsvSeparator
{
    public const string Rule = "must be one character such as , ; or |, or comma, semicolon or tab";

    internal static readonly char[] Usual = [',', ';', '\t'];

    public static bool TryParse(string? text, out char separator)
    {
        separator = text?.ToLowerInvariant() switch
        {
            "comma" => ',',
            "semicolon" => ';',
            "tab" or "\\t" => '\t',
            { Length: 1 } one => one[0],
            _ => '\0',
        };
        return IsPossible(separator);
    }

    /// <summary>ASCII, and nothing that a name, a date or a quoted field is made of.</summary>
    private static bool IsPossible(char c) =>
        c == '\t' || (char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)) && c is not ('"' or '\'' or '-' or '_' or '.' or '@'));
}
