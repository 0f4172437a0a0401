using System.Diagnostics.CodeAnalysis;
using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Functions.Http.Answers;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CertFunctions.Functions.Ingestion;

/// <summary>What the headers of an upload say of its body.</summary>
internal static class CsvBody
{
    public static bool IsWrongType(HttpRequest request, [NotNullWhen(true)] out Problem? problem)
    {
        var isCsv = MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            && type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || CharsetOf(request) is not null)
            && request.Headers.ContentEncoding.Count == 0;
        problem = isCsv ? null : Problem.UnsupportedMediaType("Send the file as text/csv, not compressed; a charset must be one that is known.");
        return problem is not null;
    }

    /// <summary>Null where the type names none, or one that is not known.</summary>
    public static string? CharsetOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && type.Charset.HasValue
        && TryParseCharset(HeaderUtilities.RemoveQuotes(type.Charset).ToString(), out var charset) ? charset : null;

    public static bool TryParseCharset(string? text, [NotNullWhen(true)] out string? charset)
    {
        charset = text is not null && CsvCharset.IsKnown(text) ? text : null;
        return charset is not null;
    }
}
