namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// Counts by number, for few numbers out of many. Stored as numbers of seven bits a byte: how much higher than the one before, and its count.
/// </summary>
internal sealed class NumberedCounts
{
    private readonly SortedDictionary<int, int> counts = [];

    /// <summary>In ascending order of numbers.</summary>
    public IEnumerable<KeyValuePair<int, int>> All => counts;

    /// <summary>How many numbers there are.</summary>
    public int Numbers => counts.Count;

    public long Total { get; private set; }

    public bool Has(int number) => counts.ContainsKey(number);

    public int this[int number] => counts.GetValueOrDefault(number);

    public static NumberedCounts Of(byte[] bytes)
    {
        var read = new NumberedCounts();
        using var stream = new MemoryStream(bytes);
        using var reader = new BinaryReader(stream);
        for (var number = 0; stream.Position < bytes.Length;)
        {
            number += reader.Read7BitEncodedInt();
            read.Set(number, reader.Read7BitEncodedInt());
        }

        return read;
    }

    public NumberedCounts Copy()
    {
        var copy = new NumberedCounts { Total = Total };
        foreach (var (number, count) in counts)
        {
            copy.counts.Add(number, count);
        }

        return copy;
    }

    public void Set(int number, int count)
    {
        Total += count - counts.GetValueOrDefault(number);
        counts[number] = count;
    }

    public void Remove(int number)
    {
        if (counts.Remove(number, out var count))
        {
            Total -= count;
        }
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var before = 0;
        foreach (var (number, count) in counts)
        {
            writer.Write7BitEncodedInt(number - before);
            writer.Write7BitEncodedInt(count);
            before = number;
        }

        return bytes.ToArray();
    }
}
