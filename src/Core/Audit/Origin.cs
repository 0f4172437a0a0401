namespace CertFunctions.Core.Audit;

/// <summary>Where a change came from; every member is null for a change by hand.</summary>
public sealed record Origin(JobId? JobId = null, string? File = null, int? Line = null, string? MessageId = null, string? Event = null);
