namespace CertFunctions.Core.Ingestion;

/// <summary>What became of a row.</summary>
/// <param name="Code">Why, where it was skipped or failed; else null.</param>
/// <param name="Detail">The same in words.</param>
public sealed record ReportLine(ChangeOutcome Outcome, string? Code, string? Detail);
