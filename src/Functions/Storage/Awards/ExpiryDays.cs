namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// How many awards expire on which day, of so many days as fit a row beside the months. Once there are so many, none is forgotten any more: so of a
/// day that is not among them it stays unknown for ever, instead of being counted wrongly.
/// </summary>
internal sealed class ExpiryDays
{
    /// <summary>Twenty years without a gap. They fit a row beside every month that a date can have.</summary>
    public const int MostDays = 7_500;

    /// <summary>Four for the days since the one before, five for the number of awards.</summary>
    private const int MostBytesOfDay = 9;

    private readonly NumberedCounts awards;

    public ExpiryDays()
        : this(new NumberedCounts())
    {
    }

    private ExpiryDays(NumberedCounts awards) => this.awards = awards;

    public IEnumerable<KeyValuePair<DateOnly, int>> All =>
        awards.All.Where(day => day.Value > 0).Select(day => KeyValuePair.Create(DateOnly.FromDayNumber(day.Key), day.Value));

    /// <summary>At most so many bytes are stored.</summary>
    public int MostBytes => awards.Numbers * MostBytesOfDay;

    private bool IsFull => awards.Numbers == MostDays;

    public static ExpiryDays Of(byte[] bytes) => new(NumberedCounts.Of(bytes));

    public ExpiryDays Copy() => new(awards.Copy());

    /// <returns>Null: nobody knows.</returns>
    public bool? HasAwards(DateOnly day) => awards.Has(day.DayNumber) || !IsFull ? awards[day.DayNumber] > 0 : null;

    public void Add(DateOnly expiresOn, int difference)
    {
        var day = expiresOn.DayNumber;
        if (IsFull && !awards.Has(day))
        {
            return;
        }

        var count = awards[day] + difference;
        if (count > 0 || IsFull)
        {
            awards.Set(day, Math.Max(count, 0));
        }
        else
        {
            awards.Remove(day);
        }
    }

    public byte[] ToBytes() => awards.ToBytes();
}
