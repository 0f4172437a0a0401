using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Jobs;

/// <summary>What a run stores for one task, in one transaction with its receipt.</summary>
/// <param name="Result">What the job reports of it.</param>
/// <param name="Award">Null: the task changes no award.</param>
public sealed record TaskWrite(JobResult Result, AwardWrite? Award = null);
