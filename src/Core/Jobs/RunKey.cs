namespace CertFunctions.Core.Jobs;

/// <summary>Names one run of a job: the users of one shard that one message asks to process.</summary>
public sealed record RunKey(JobId JobId, int Run, Shard Shard);
