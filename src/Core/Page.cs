namespace CertFunctions.Core;

/// <summary>One page of a list.</summary>
/// <param name="Items">May be empty although more pages follow: a filter can leave nothing of a page.</param>
/// <param name="Next">Where the next page starts, as the store that made it understands it; null after the last page.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Limit">1 to <see cref="Limits.PageSize"/>.</param>
/// <param name="After">The <see cref="Page{T}.Next"/> of the page before; null for the first page.</param>
public sealed record PageRequest(int Limit, string? After);
