using CertFunctions.Core;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Http.Paging;

/// <summary>Reads which page of a list is asked for, and answers it. A cursor fits only its own path, filters and caller.</summary>
public sealed class Lists(ICursorKeyStore keys)
{
    private static readonly HashSet<string> NoFilters = new(StringComparer.Ordinal) { "limit", "cursor", QueryReader.FunctionKey };

    /// <summary>Reads <c>limit</c> and <c>cursor</c>. A cursor that does not fit refuses the request with <c>invalid_cursor</c>, a caller that takes no
    /// JSON is refused with <c>not_acceptable</c>.</summary>
    public async Task<PageRequest> ReadAsync(HttpInput input, CancellationToken cancellationToken)
    {
        if (!input.Request.Accepts(AcceptHeader.Json))
        {
            input.Refuse(Problem.NotAcceptable());
        }

        var limit = input.Query.Number("limit", 1, Limits.PageSize).Or(Limits.DefaultPageSize);
        var cursor = input.Query.Raw("cursor");
        if (!cursor.IsGiven)
        {
            return new PageRequest(limit, null);
        }

        var key = await keys.GetAsync(cancellationToken);
        var place = Cursor.Read(cursor.Required(), Scope(input), key.Span);
        if (place is null)
        {
            input.Refuse(Problem.Of(Rejection.Invalid(ErrorCode.InvalidCursor, "cursor", "is not a cursor of this list with these filters")));
        }

        return new PageRequest(limit, place);
    }

    public async Task<IResult> AnswerAsync<T, TRow>(HttpInput input, Page<T> page, Func<T, TRow> row, CancellationToken cancellationToken)
    {
        var next = await NextCursorAsync(input, page, cancellationToken);
        return Answer.Ok(new ListPage<TRow>(page.Items.Select(row).ToArray(), next));
    }

    /// <returns>Null after the last page.</returns>
    public async Task<string?> NextCursorAsync<T>(HttpInput input, Page<T> page, CancellationToken cancellationToken) =>
        page.Next is null ? null : Cursor.Write(page.Next, Scope(input), (await keys.GetAsync(cancellationToken)).Span);

    private static string Scope(HttpInput input)
    {
        var filters = input.Request.Query
            .Where(parameter => !NoFilters.Contains(parameter.Key))
            .OrderBy(parameter => parameter.Key, StringComparer.Ordinal)
            .Select(parameter => $"{Uri.EscapeDataString(parameter.Key)}={Uri.EscapeDataString(parameter.Value.ToString())}");
        return string.Join('&', [input.Caller.Name, input.Request.Path.Value, .. filters]);
    }

    private sealed record ListPage<TRow>(IReadOnlyList<TRow> Items, string? NextCursor);
}
