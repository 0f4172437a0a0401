using CertFunctions.Core.Audit;

namespace CertFunctions.Functions.Audit;

/// <summary>Whether the entries of a day are those that were written.</summary>
/// <param name="FirstBroken">The id of the first entry that was altered, is missing or stands where it was not written; null: none.</param>
/// <param name="Detail">What does not fit; null: all fits.</param>
/// <param name="Hash">Of the last entry, and so of all: noted down elsewhere, it tells later whether the day is still the same.</param>
public sealed record AuditVerdictAnswer(DateOnly Day, int Entries, bool Intact, string? FirstBroken, string? Detail, string? Hash)
{
    public static AuditVerdictAnswer Of(AuditVerdict verdict) =>
        new(verdict.Day, verdict.Entries, verdict.Intact, verdict.FirstBroken, verdict.Detail, verdict.Hash);
}
