using CertFunctions.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CertFunctions.Functions.Http.Requests;

/// <summary>Reads If-Match and If-None-Match (RFC 9110, 13.1).</summary>
internal static class Preconditions
{
    public static Precondition Read(IHeaderDictionary headers, RequestErrors errors)
    {
        var match = Tags(HeaderNames.IfMatch, "must be * or a list of entity tags");
        var noneMatch = Tags(HeaderNames.IfNoneMatch, "must be *");
        if (noneMatch is not null && !IsAny(noneMatch))
        {
            errors.Add(HeaderNames.IfNoneMatch, "must be *");
        }

        return (match, noneMatch) switch
        {
            (null, null) => Precondition.None,
            (null, not null) => new Precondition(null, Exists: false),
            (not null, null) => new Precondition(IsAny(match) ? null : Versions(match), Exists: true),
            // Both at once: nothing exists and does not.
            _ => new Precondition([], Exists: false),
        };

        IList<EntityTagHeaderValue>? Tags(string name, string rule)
        {
            if (headers[name] is not { Count: > 0 } values)
            {
                return null;
            }

            if (EntityTagHeaderValue.TryParseStrictList(values.ToArray()!, out var tags) && (IsAny(tags) || tags.All(t => t.Tag != "*")))
            {
                return tags;
            }

            errors.Add(name, rule);
            return null;
        }
    }

    private static bool IsAny(IList<EntityTagHeaderValue> tags) => tags is [{ Tag.Value: "*" }];

    /// <summary>If-Match compares strongly: a weak tag matches nothing.</summary>
    private static string[] Versions(IList<EntityTagHeaderValue> tags) =>
        tags.Where(tag => !tag.IsWeak).Select(tag => tag.Tag.Value![1..^1]).ToArray();
}
