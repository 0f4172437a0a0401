using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Completions;

/// <summary>What a completion came to for one certification that lists the activity.</summary>
/// <param name="Code">Why, where the outcome is skipped or failed; else null.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="Version">The version of the award that was written; null where nothing was.</param>
public sealed record CompletionResult(
    CertificationCode CertificationCode, ChangeOutcome Outcome, string? Code, string? Detail, int? Version);
