using System.Buffers;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>On which line of a file something was said first. 20 bytes a row and 2 MB.</summary>
/// <param name="capacity">Of more rows nothing is remembered.</param>
internal sealed class RowsSeen(int capacity = Limits.CsvRowsRemembered)
{
    private const int SegmentRows = 32 * 1024;
    private const int LargestBuckets = 512 * 1024;

    /// <summary>Grow without being copied.</summary>
    private readonly List<Entry[]> segments = [];
    private ArrayBufferWriter<byte> added = new();
    private ArrayBufferWriter<byte> remembered = new();

    /// <summary>The number of the last row in each, counted from 1.</summary>
    private int[] buckets = new int[1024];
    private int count;

    /// <returns>The line that said this first; null: none.</returns>
    public int? LineOf(string what, string of, int number = 0) => Find(RowOf(what, of, line: 0, number))?.Line;

    /// <param name="number">Tells apart what says the same otherwise.</param>
    /// <returns>The line that said the same before; null: none.</returns>
    public int? Add(string what, string of, int line, int number = 0)
    {
        var row = RowOf(what, of, line, number);
        if (Find(row) is { } before)
        {
            return before.Line;
        }

        if (count < capacity)
        {
            Insert(row);
            added.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<Row>(in row)));
        }

        return null;
    }

    public void Restore(ReadOnlySpan<byte> saved)
    {
        foreach (var row in MemoryMarshal.Cast<byte, Row>(saved))
        {
            Insert(row);
        }
    }

    /// <returns>The rows added since the last time, 16 bytes each; until the next time.</returns>
    public ReadOnlyMemory<byte> Remember()
    {
        (added, remembered) = (remembered, added);
        added.ResetWrittenCount();
        return remembered.WrittenMemory;
    }

    /// <summary>96 bits of a hash: among a million rows two that differ are taken for the same once in 10^17 files.</summary>
    private static Row RowOf(string what, string of, int line, int number)
    {
        Span<char> text = stackalloc char[what.Length + 1 + of.Length];
        what.CopyTo(text);
        text[what.Length] = '\n';
        of.CopyTo(text[(what.Length + 1)..]);
        var hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text), number);
        return new Row((uint)hash, (uint)(hash >> 32), (uint)(hash >> 64), line);
    }

    private Row? Find(Row row)
    {
        for (var number = buckets[row.A & (buckets.Length - 1)]; number != 0; number = At(number).Before)
        {
            if (At(number).Row is var seen && seen.SaysTheSameAs(row))
            {
                return seen;
            }
        }

        return null;
    }

    private void Insert(Row row)
    {
        if (count == segments.Count * SegmentRows)
        {
            segments.Add(new Entry[SegmentRows]);
        }

        count++;
        At(count).Row = row;
        Link(count);
        if (count > buckets.Length && buckets.Length < LargestBuckets)
        {
            buckets = new int[buckets.Length * 2];
            for (var number = 1; number <= count; number++)
            {
                Link(number);
            }
        }
    }

    private void Link(int number)
    {
        ref var entry = ref At(number);
        ref var bucket = ref buckets[entry.Row.A & (buckets.Length - 1)];
        entry.Before = bucket;
        bucket = number;
    }

    private ref Entry At(int number) => ref segments[(number - 1) / SegmentRows][(number - 1) % SegmentRows];

    private struct Entry
    {
        public Row Row;
        public int Before;
    }

    private readonly record struct Row(uint A, uint B, uint C, int Line)
    {
        public bool SaysTheSameAs(Row other) => A == other.A && B == other.B && C == other.C;
    }
}
