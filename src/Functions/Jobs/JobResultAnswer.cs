using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Functions.Jobs;

/// <summary>What a job did to one user, or on account of one line of a file, as callers see it.</summary>
/// <param name="IssuedOn">Of a plan: of the award that would come of it; null: of no plan, or none would.</param>
/// <param name="ExpiresOn">The same; null also where it would be always valid.</param>
public sealed record JobResultAnswer(
    LmsId? UserId,
    string? Username,
    ChangeOutcome Outcome,
    string? Code,
    string? Detail,
    CertificationCode? CertificationCode,
    int? Line,
    DateOnly? IssuedOn,
    DateOnly? ExpiresOn)
{
    public static JobResultAnswer Of(JobResult result) => new(
        result.UserId, result.Username, result.Outcome, result.Code, result.Detail, result.CertificationCode, result.Line,
        result.Planned?.IssuedOn, result.Planned?.ExpiresOn);
}
