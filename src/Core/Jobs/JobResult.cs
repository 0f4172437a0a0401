using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Jobs;

/// <summary>What a job did to one user.</summary>
/// <param name="Username">As it was then; null where there is no such user.</param>
/// <param name="Version">The version of the award that was written; null where nothing was.</param>
public sealed record JobResult(LmsId UserId, string? Username, AwardOutcome Outcome, string? Code, string? Detail, int? Version);
