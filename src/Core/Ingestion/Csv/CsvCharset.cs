using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>The encodings that a file can be in: all of .NET's, code pages such as windows-1252 included.</summary>
public static class CsvCharset
{
    public const string Rule = "must be the name of a character encoding such as utf-8, utf-16, windows-1252 or iso-8859-1";

    private static readonly EncoderReplacementFallback Unwritable = new("?");

    /// <summary>Fails its row alone.</summary>
    private static readonly DecoderReplacementFallback Unreadable = new("\uFFFD");

    public static bool IsKnown(string name) => TryFind(name, out _);

    internal static bool TryFind(string name, [NotNullWhen(true)] out Encoding? encoding)
    {
        encoding = CodePagesEncodingProvider.Instance.GetEncoding(name, Unwritable, Unreadable);
        try
        {
            encoding ??= Encoding.GetEncoding(name, Unwritable, Unreadable);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            // There is no way to ask: not known, or UTF-7.
        }

        return encoding is not null;
    }
}
