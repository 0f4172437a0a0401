namespace CertFunctions.Core.Jobs;

/// <summary>The users of one run: of one shard, in ordinal order, without repetition.</summary>
/// <param name="Run">Counts from 0 through the job.</param>
public sealed record RunUsers(int Run, Shard Shard, IReadOnlyList<LmsId> UserIds);
