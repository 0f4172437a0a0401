namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// How many awards expire in which month. Stored as numbers of seven bits a byte – months since the one before, awards in it – which
/// bounds them: were there awards in every month that a date can have, they would take less than the 1 MiB of a row.
/// </summary>
internal sealed class ExpiryMonths
{
    /// <summary>Three for the months since the one before, five for the number of awards.</summary>
    private const int MostBytesOfMonth = 8;

    /// <summary>By months since the year 0, which no date has.</summary>
    private readonly SortedDictionary<int, int> awards = [];

    /// <summary>In ascending order, the first day standing for the month.</summary>
    public IEnumerable<KeyValuePair<DateOnly, int>> All => awards.Select(month => KeyValuePair.Create(DayOf(month.Key), month.Value));

    /// <summary>At most so many bytes are stored.</summary>
    public int MostBytes => awards.Count * MostBytesOfMonth;

    public ExpiryMonths Copy()
    {
        var copy = new ExpiryMonths();
        foreach (var (month, count) in awards)
        {
            copy.awards.Add(month, count);
        }

        return copy;
    }

    public void Add(DateOnly expiresOn, int difference)
    {
        var month = (expiresOn.Year * 12) + expiresOn.Month - 1;
        awards[month] = awards.GetValueOrDefault(month) + difference;
        if (awards[month] == 0)
        {
            awards.Remove(month);
        }
    }

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        var before = 0;
        foreach (var (month, count) in awards)
        {
            writer.Write7BitEncodedInt(month - before);
            writer.Write7BitEncodedInt(count);
            before = month;
        }

        return bytes.ToArray();
    }

    public static ExpiryMonths Of(byte[] bytes)
    {
        var months = new ExpiryMonths();
        using var stream = new MemoryStream(bytes);
        using var reader = new BinaryReader(stream);
        for (var month = 0; stream.Position < bytes.Length;)
        {
            month += reader.Read7BitEncodedInt();
            months.awards.Add(month, reader.Read7BitEncodedInt());
        }

        return months;
    }

    private static DateOnly DayOf(int month) => new(month / 12, (month % 12) + 1, 1);
}
