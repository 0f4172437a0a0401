namespace CertFunctions.Core.Awards;

/// <summary>A part of the line of expiries: days from one to another, inclusive, and after all days "never".</summary>
/// <param name="From">Behind <paramref name="To"/>: no day at all.</param>
/// <param name="AlwaysValid">Whether awards that never expire belong to it; the days then go up to the last.</param>
public sealed record ExpiryRange(DateOnly From, DateOnly To, bool AlwaysValid)
{
    public static readonly ExpiryRange All = new(DateOnly.MinValue, DateOnly.MaxValue, AlwaysValid: true);

    private static readonly ExpiryRange Nothing = new(DateOnly.MaxValue, DateOnly.MinValue, AlwaysValid: false);

    public bool HasDays => From <= To;

    public bool IsEmpty => !HasDays && !AlwaysValid;

    /// <summary>Where the awards lie that have a status on a day: what <see cref="AwardStanding"/> says of one, said of all.</summary>
    public static ExpiryRange Of(AwardStatus status, DateOnly today, int renewalWindowDays) => status switch
    {
        AwardStatus.Expired => Days(DateOnly.MinValue.DayNumber, today.DayNumber - 1),
        AwardStatus.Expiring when renewalWindowDays == 0 => Nothing,
        AwardStatus.Expiring => Days(today.DayNumber, today.DayNumber + renewalWindowDays),
        _ when renewalWindowDays == 0 => Days(today.DayNumber, DateOnly.MaxValue.DayNumber) with { AlwaysValid = true },
        _ => Days(today.DayNumber + renewalWindowDays + 1, DateOnly.MaxValue.DayNumber) with { AlwaysValid = true },
    };

    /// <summary>One day; null: never.</summary>
    public static ExpiryRange On(DateOnly? expiresOn) => expiresOn is { } day ? new ExpiryRange(day, day, AlwaysValid: false) : Nothing with { AlwaysValid = true };

    /// <summary>What is left between two days, inclusive; an award that never expires lies between no two.</summary>
    public ExpiryRange Between(DateOnly? from, DateOnly? to) => from is null && to is null
        ? this
        : new ExpiryRange(Later(From, from ?? From), Earlier(To, to ?? To), AlwaysValid: false);

    public bool Includes(DateOnly? expiresOn) => expiresOn is { } date ? date >= From && date <= To : AlwaysValid;

    private static ExpiryRange Days(int from, int to) => from > to || from > DateOnly.MaxValue.DayNumber
        ? Nothing
        : new ExpiryRange(DateOnly.FromDayNumber(from), DateOnly.FromDayNumber(Math.Min(to, DateOnly.MaxValue.DayNumber)), AlwaysValid: false);

    private static DateOnly Later(DateOnly left, DateOnly right) => left > right ? left : right;

    private static DateOnly Earlier(DateOnly left, DateOnly right) => left < right ? left : right;
}
