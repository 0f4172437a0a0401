namespace CertFunctions.Core;

public static class FirstAhead
{
    /// <summary>
    /// The same items, of which the first has been read: whoever streams them learns of trouble while something else can still be answered.
    /// </summary>
    public static async Task<IAsyncEnumerable<T>> WithFirstReadAsync<T>(this IAsyncEnumerable<T> items, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var reader = items.GetAsyncEnumerator(cancellationToken);
        bool hasFirst;
        try
        {
            hasFirst = await reader.MoveNextAsync();
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }

        return GoOnAsync(reader, hasFirst);
    }

    private static async IAsyncEnumerable<T> GoOnAsync<T>(IAsyncEnumerator<T> reader, bool hasNext)
    {
        await using (reader)
        {
            for (; hasNext; hasNext = await reader.MoveNextAsync())
            {
                yield return reader.Current;
            }
        }
    }
}
