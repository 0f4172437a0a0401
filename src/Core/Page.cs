using System.Runtime.CompilerServices;

namespace CertFunctions.Core;

/// <summary>One page of a list.</summary>
/// <param name="Items">May be empty although more pages follow: a filter can leave nothing of a page.</param>
/// <param name="Next">Where the next page starts, as the store that made it understands it; null after the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next)
{
    public Page<TTo> Select<TTo>(Func<T, TTo> map) => new([.. Items.Select(map)], Next);

    public Page<T> Where(Func<T, bool> isShown) => new([.. Items.Where(isShown)], Next);
}

/// <summary>Makes pages of lists, and goes through them.</summary>
public static class Pages
{
    /// <summary>A page of what was read to one beyond it: that one tells whether more follow.</summary>
    /// <param name="placeOf">Where the page behind an item starts.</param>
    public static Page<T> Cut<T>(IReadOnlyList<T> read, int limit, Func<T, string> placeOf)
    {
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(placeOf);
        return read.Count > limit ? new Page<T>([.. read.Take(limit)], placeOf(read[limit - 1])) : new Page<T>(read, null);
    }

    /// <summary>All items of a list, each page read when it is come to.</summary>
    /// <param name="first">Read already: whoever reads it can still say that there is no such list.</param>
    public static async IAsyncEnumerable<T> ReadOnAsync<T>(
        Page<T> first, Func<PageRequest, CancellationToken, Task<Page<T>>> read, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        for (var page = first; ; page = await read(new PageRequest(Limits.PageSize, page.Next), cancellationToken))
        {
            foreach (var item in page.Items)
            {
                yield return item;
            }

            if (page.Next is null)
            {
                yield break;
            }
        }
    }

    /// <summary>The same with the first page read when it is come to, too.</summary>
    public static async IAsyncEnumerable<T> ReadAllAsync<T>(
        Func<PageRequest, CancellationToken, Task<Page<T>>> read, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(read);
        var first = await read(new PageRequest(Limits.PageSize, null), cancellationToken);
        await foreach (var item in ReadOnAsync(first, read, cancellationToken))
        {
            yield return item;
        }
    }
}

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Limit">1 to <see cref="Limits.PageSize"/>.</param>
/// <param name="After">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
public sealed record PageRequest(int Limit, string? After);
