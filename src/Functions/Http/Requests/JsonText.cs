using System.Text.Json;

namespace CertFunctions.Functions.Http.Requests;

internal static class JsonText
{
    /// <summary>
    /// What makes the strings of well-formed JSON unfit to be kept: a lone surrogate, written as an escape, or U+FFFD, which says that
    /// somebody has lost a character before us. Storage would turn the first into the second without a word.
    /// </summary>
    public static string? Flaw(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Core.Limits.JsonDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && Flaw(ref reader) is { } flaw)
            {
                return flaw;
            }
        }

        return null;
    }

    /// <returns>The path of the first member of well-formed JSON that comes twice in one object; null: none does.</returns>
    public static string? RepeatedMember(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json.StartsWith("\uFEFF"u8) ? json[3..] : json, new JsonReaderOptions { MaxDepth = Core.Limits.JsonDepth });
        var objects = new Stack<HashSet<string>>();
        var path = new Stack<string>([""]);
        var member = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    objects.Push(new HashSet<string>(StringComparer.Ordinal));
                    path.Push(member.Length == 0 ? "" : $"{member}.");
                    break;
                case JsonTokenType.EndObject:
                    objects.Pop();
                    member = path.Pop().TrimEnd('.');
                    break;
                case JsonTokenType.PropertyName:
                    member = path.Peek() + reader.GetString();
                    if (!objects.Peek().Add(member))
                    {
                        return member;
                    }

                    break;
            }
        }

        return null;
    }

    private static string? Flaw(ref Utf8JsonReader reader)
    {
        const string replaced = "contains U+FFFD, the sign of a lost character";
        if (!reader.ValueIsEscaped)
        {
            return reader.ValueSpan.IndexOf("\uFFFD"u8) < 0 ? null : replaced;
        }

        try
        {
            return reader.GetString()!.Contains('\uFFFD') ? replaced : null;
        }
        catch (InvalidOperationException)
        {
            return "contains half of a surrogate pair";
        }
    }
}
