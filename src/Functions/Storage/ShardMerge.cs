using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using CertFunctions.Core;

namespace CertFunctions.Functions.Storage;

/// <summary>Reads the same range of row keys in all shards at once, in the order of row keys.</summary>
internal static class ShardMerge
{
    /// <param name="range">The range in a shard.</param>
    /// <param name="after">The row key that the page before ended with; null for the first page.</param>
    /// <returns>Up to <paramref name="count"/> rows, fewer only at the end.</returns>
    /// <remarks>
    /// A page falls on 16 shards about evenly, so each is asked for a little more than its part; one that gave all of it
    /// before the page is full is asked again.
    /// </remarks>
    public static Task<IReadOnlyList<TableEntity>> ReadFirstAsync(
        TableClient table, Func<Shard, RowRange> range, string? after, int count, CancellationToken cancellationToken, IReadOnlyList<string>? columns = null) =>
        ReadFirstAsync(table, Shard.All, range, after, count, cancellationToken, columns);

    /// <summary>The same of some shards.</summary>
    public static async Task<IReadOnlyList<TableEntity>> ReadFirstAsync(
        TableClient table,
        IReadOnlyList<Shard> shards,
        Func<Shard, RowRange> range,
        string? after,
        int count,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? columns = null)
    {
        var chunk = (2 * count / shards.Count) + 6;
        return await ReadAsync(table, shards, shard => range(shard).After(after), chunk, columns, cancellationToken).Take(count).ToListAsync(cancellationToken);
    }

    /// <summary>All rows, read as they are asked for.</summary>
    /// <param name="chunk">How many rows of a shard are read at once; no more are ever held.</param>
    public static IAsyncEnumerable<TableEntity> ReadAsync(
        TableClient table, Func<Shard, RowRange> range, int chunk, CancellationToken cancellationToken) =>
        ReadAsync(table, Shard.All, range, chunk, columns: null, cancellationToken);

    private static async IAsyncEnumerable<TableEntity> ReadAsync(
        TableClient table,
        IReadOnlyList<Shard> shards,
        Func<Shard, RowRange> range,
        int chunk,
        IReadOnlyList<string>? columns,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sources = shards.Select(shard => new Source(table, range(shard), chunk, columns)).ToList();
        while (true)
        {
            await Task.WhenAll(sources.Where(source => source.NeedsMore).Select(source => source.FillAsync(cancellationToken)));
            var first = sources.Where(source => source.Next is not null).MinBy(source => source.Next!.RowKey, StringComparer.Ordinal);
            if (first is null)
            {
                yield break;
            }

            yield return first.Take();
        }
    }

    private sealed class Source(TableClient table, RowRange range, int chunk, IReadOnlyList<string>? columns)
    {
        private readonly Queue<TableEntity> rows = new();
        private RowRange rest = range;
        private bool atEnd;

        public TableEntity? Next => rows.TryPeek(out var row) ? row : null;

        public bool NeedsMore => rows.Count == 0 && !atEnd;

        public TableEntity Take() => rows.Dequeue();

        public async Task FillAsync(CancellationToken cancellationToken)
        {
            var read = await rest.ReadFirstAsync(table, chunk, cancellationToken, columns);
            atEnd = read.Count < chunk;
            rest = read.Count > 0 ? rest.After(read[^1].RowKey) : rest;
            foreach (var row in read)
            {
                rows.Enqueue(row);
            }
        }
    }
}
