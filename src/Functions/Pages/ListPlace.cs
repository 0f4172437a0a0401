using CertFunctions.Core;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Pages;

/// <summary>Where a page of a list stands, as addresses.</summary>
/// <param name="First">Of the first page with the same filters.</param>
/// <param name="IsFirst">Whether this is it.</param>
/// <param name="Next">Null: nothing follows.</param>
public sealed record ListPlace(string First, bool IsFirst, string? Next)
{
    /// <summary>The filters alone, as a query; empty without any.</summary>
    public string FilterQuery => First.Contains('?', StringComparison.Ordinal) ? First[First.IndexOf('?', StringComparison.Ordinal)..] : "";

    internal static async Task<ListPlace> OfAsync<T>(Lists lists, HttpInput input, Page<T> page, CancellationToken cancellationToken)
    {
        var request = input.Request;
        var first = request.Path.Value + QueryString.Create(request.Query.Where(parameter => parameter.Key is not ("cursor" or "job" or "replayed") && parameter.Value is not [""]));
        var cursor = await lists.NextCursorAsync(input, page, cancellationToken);
        return new ListPlace(first, !request.Query.ContainsKey("cursor"), cursor is null ? null : $"{first}{(first.Contains('?', StringComparison.Ordinal) ? '&' : '?')}cursor={cursor}");
    }
}
