namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// How many awards expire in which month. Bounded: were there awards in every month that a date can have, it would take less than the 1 MiB of a row.
/// </summary>
internal sealed class ExpiryMonths
{
    /// <summary>Three for the months since the one before, five for the number of awards.</summary>
    private const int MostBytesOfMonth = 8;

    /// <summary>By months since the year 0, which no date has.</summary>
    private readonly NumberedCounts awards;

    public ExpiryMonths()
        : this(new NumberedCounts())
    {
    }

    private ExpiryMonths(NumberedCounts awards) => this.awards = awards;

    /// <summary>In ascending order, the first day standing for the month.</summary>
    public IEnumerable<KeyValuePair<DateOnly, int>> All => awards.All.Select(month => KeyValuePair.Create(DayOf(month.Key), month.Value));

    /// <summary>Of all months.</summary>
    public long Total => awards.Total;

    /// <summary>At most so many bytes are stored.</summary>
    public int MostBytes => awards.Numbers * MostBytesOfMonth;

    public static ExpiryMonths Of(byte[] bytes) => new(NumberedCounts.Of(bytes));

    public ExpiryMonths Copy() => new(awards.Copy());

    public void Add(DateOnly expiresOn, int difference)
    {
        var month = (expiresOn.Year * 12) + expiresOn.Month - 1;
        awards.Set(month, awards[month] + difference);
        if (awards[month] == 0)
        {
            awards.Remove(month);
        }
    }

    public byte[] ToBytes() => awards.ToBytes();

    private static DateOnly DayOf(int month) => new(month / 12, (month % 12) + 1, 1);
}
