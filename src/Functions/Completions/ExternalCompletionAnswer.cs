using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;

namespace CertFunctions.Functions.Completions;

/// <summary>A completion that was noted by hand, and what it came to for each certification that lists the training.</summary>
internal sealed record ExternalCompletionAnswer(
    LmsId ExternalTrainingId, LmsId UserId, DateOnly CompletedOn, IReadOnlyList<CompletionAwardAnswer> Awards)
{
    public static ExternalCompletionAnswer Of(
        LmsId trainingId, LmsId userId, DateOnly completedOn, IEnumerable<CompletionResult> results) =>
        new(trainingId, userId, completedOn, [.. results.Select(CompletionAwardAnswer.Of)]);
}

internal sealed record CompletionAwardAnswer(CertificationCode CertificationCode, ChangeOutcome Outcome, string? Code, string? Detail)
{
    public static CompletionAwardAnswer Of(CompletionResult result) => new(result.CertificationCode, result.Outcome, result.Code, result.Detail);
}
