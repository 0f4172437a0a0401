namespace CertFunctions.Core.Jobs;

/// <summary>The id that a job is to have.</summary>
/// <param name="IsNew">Nothing was begun under it. Else it may have been, before a crash: what was begun goes on.</param>
public sealed record ReservedJobId(JobId Id, bool IsNew);
