using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>Which awards a caller asks for, and in which order.</summary>
/// <param name="Status">As of today, or of <see cref="AsOf"/>; null: any.</param>
/// <param name="ExpiresFrom">Inclusive. With either bound, awards that never expire are left out.</param>
/// <param name="ExpiresTo">Inclusive.</param>
public sealed record AwardFilter(AwardStatus? Status, DateOnly? ExpiresFrom, DateOnly? ExpiresTo)
{
    /// <summary>The beginning of a username, whatever the case; null: all. Only in the order of usernames.</summary>
    public string? Search { get; init; }

    /// <summary>Only holders who are active, or who are not; null: all.</summary>
    public bool? Active { get; init; }

    /// <summary>At the end of this day instead of now, the status too; then there is no order to choose. Null: now.</summary>
    public DateOnly? AsOf { get; init; }

    public AwardSort Sort { get; init; }

    /// <summary>A holder must belong to each of these.</summary>
    public IReadOnlyList<MemberSource> MemberOf { get; init; } = [];

    public ExpiryRange ExpiriesOn(DateOnly today, int renewalWindowDays) =>
        (Status is { } status ? ExpiryRange.Of(status, today, renewalWindowDays) : ExpiryRange.All).Between(ExpiresFrom, ExpiresTo);
}

public enum AwardSort
{
    /// <summary>Soonest first, those that never expire last.</summary>
    ExpiresOn,

    /// <summary>Ordinal, lower-cased.</summary>
    Username,
}
