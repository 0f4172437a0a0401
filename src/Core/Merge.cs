using System.Runtime.CompilerServices;

namespace CertFunctions.Core;

/// <summary>Merges sorted streams into one, without holding more than the first of each.</summary>
public static class Merge
{
    /// <summary>One after the other, ten thousand would take minutes.</summary>
    private const int OpenedAtOnce = 32;

    /// <param name="streams">Each in the order of <paramref name="order"/>.</param>
    public static async IAsyncEnumerable<T> SortedAsync<T>(
        IEnumerable<IAsyncEnumerable<T>> streams, IComparer<T> order, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var open = new List<IAsyncEnumerator<T>>();
        var next = new PriorityQueue<IAsyncEnumerator<T>, T>(order);
        try
        {
            open.AddRange(streams.Select(stream => stream.GetAsyncEnumerator(cancellationToken)));
            foreach (var some in open.Chunk(OpenedAtOnce))
            {
                var firsts = await Task.WhenAll(some.Select(enumerator => enumerator.MoveNextAsync().AsTask()));
                foreach (var (enumerator, _) in some.Zip(firsts).Where(opened => opened.Second))
                {
                    next.Enqueue(enumerator, enumerator.Current);
                }
            }

            while (next.TryDequeue(out var enumerator, out var first))
            {
                yield return first;
                await EnqueueNextAsync(next, enumerator);
            }
        }
        finally
        {
            foreach (var enumerator in open)
            {
                await enumerator.DisposeAsync();
            }
        }
    }

    private static async Task EnqueueNextAsync<T>(PriorityQueue<IAsyncEnumerator<T>, T> next, IAsyncEnumerator<T> enumerator)
    {
        if (await enumerator.MoveNextAsync())
        {
            next.Enqueue(enumerator, enumerator.Current);
        }
    }
}
