namespace CertFunctions.Core.Awards;

/// <summary>How many awards are held, and how many of them expire in which month.</summary>
/// <param name="Held">All, expired ones and those that never expire included.</param>
/// <param name="Months">By the first day of the month; a month without any may be left out.</param>
public sealed record ExpiryCounts(long Held, IReadOnlyDictionary<DateOnly, long> Months);
