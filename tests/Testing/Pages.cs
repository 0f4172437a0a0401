using CertFunctions.Core;

namespace CertFunctions.Testing;

public static class Pages
{
    /// <summary>Walks a list to its end.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<T>>> AllAsync<T>(Func<PageRequest, Task<Page<T>>> read, int limit)
    {
        List<IReadOnlyList<T>> pages = [];
        string? after = null;
        do
        {
            var page = await read(new PageRequest(limit, after));
            pages.Add(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return pages;
    }
}
