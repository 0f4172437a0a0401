using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Completions;

/// <summary>Awards users for what they completed.</summary>
public sealed class CompletionService
{
    /// <summary>
    /// Keeps the completion and awards every active certification that lists the activity. Safe to repeat: a completion is used once
    /// for each certification, whatever happened to the award since.
    /// </summary>
    /// <returns>
    /// A result for each certification that lists the activity; <c>user_not_found</c> or <c>user_deactivated</c> where nobody can be awarded.
    /// </returns>
    public Task<Outcome<IReadOnlyList<CompletionResult>>> ApplyAsync(
        Completion completion, AwardChangeSource source, CancellationToken cancellationToken) =>
        throw new NotImplementedException();
}
