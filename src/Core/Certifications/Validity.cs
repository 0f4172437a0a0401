using System.Diagnostics.CodeAnalysis;

namespace CertFunctions.Core.Certifications;

/// <summary>How long an award of a certification is valid: 1-36500 days, 1-1200 months or 1-100 years.</summary>
public sealed record Validity
{
    private Validity(int value, ValidityUnit unit) => (Value, Unit) = (value, unit);

    public int Value { get; }

    public ValidityUnit Unit { get; }

    public static int MaxValue(ValidityUnit unit) => unit switch
    {
        ValidityUnit.Days => 36_500,
        ValidityUnit.Months => 1_200,
        _ => 100,
    };

    public static bool TryCreate(int value, ValidityUnit unit, [NotNullWhen(true)] out Validity? validity)
    {
        validity = value >= 1 && value <= MaxValue(unit) ? new Validity(value, unit) : null;
        return validity is not null;
    }

    /// <summary>
    /// The day this long after another, in calendar arithmetic: the end of a shorter month is as far as it goes
    /// (31 January + 1 month = 28 or 29 February). False beyond 9999-12-31.
    /// </summary>
    public bool TryAddTo(DateOnly from, out DateOnly date)
    {
        try
        {
            date = Unit switch
            {
                ValidityUnit.Days => from.AddDays(Value),
                ValidityUnit.Months => from.AddMonths(Value),
                _ => from.AddYears(Value),
            };
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            date = default;
            return false;
        }
    }
}

public enum ValidityUnit
{
    Days,
    Months,
    Years,
}
