using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Jobs;

/// <summary>What a job did to one user, as callers see it.</summary>
public sealed record JobResultAnswer(LmsId UserId, string? Username, AwardOutcome Outcome, string? Code, string? Detail)
{
    public static JobResultAnswer Of(JobResult result) =>
        new(result.UserId, result.Username, result.Outcome, result.Code, result.Detail);
}
