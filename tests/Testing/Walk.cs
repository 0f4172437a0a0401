using CertFunctions.Core;

namespace CertFunctions.Testing;

/// <summary>Goes through a list from its first page to its last.</summary>
public static class Walk
{
    /// <param name="between">Called after each page, to change what is listed.</param>
    public static async Task<List<T>> AllAsync<T>(int limit, Func<PageRequest, Task<Page<T>>> list, Func<Task>? between = null) =>
        [.. (await PagesAsync(list, limit, between)).SelectMany(page => page)];

    /// <param name="between">Called after each page, to change what is listed.</param>
    public static async Task<IReadOnlyList<IReadOnlyList<T>>> PagesAsync<T>(
        Func<PageRequest, Task<Page<T>>> list, int limit, Func<Task>? between = null)
    {
        List<IReadOnlyList<T>> pages = [];
        string? after = null;
        do
        {
            var page = await list(new PageRequest(limit, after));
            if (page.Items.Count > limit || (page.Next is not null && page.Next == after))
            {
                throw new InvalidOperationException($"A page of {page.Items.Count} of at most {limit}, next '{page.Next}'.");
            }

            pages.Add(page.Items);
            after = page.Next;
            await (between?.Invoke() ?? Task.CompletedTask);
        }
        while (after is not null);
        return pages;
    }
}
