using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>A change of one award, and on what grounds it was decided.</summary>
/// <param name="User">How the lists are to show the user.</param>
/// <param name="Before">The award that the decision was made on, null for none: the change is stored only if that is still the latest.</param>
/// <param name="After">The version to write; null: the award stays, and only <see cref="Completions"/> are noted.</param>
public sealed record AwardWrite(LmsId UserId, ShownUser User, StoredAward? Before, Award? After)
{
    /// <summary>
    /// The completions that are used up by it, also where nothing else is written: of all writes that use the same one for the same
    /// certification, one is stored.
    /// </summary>
    public IReadOnlyList<CompletionMark> Completions { get; init; } = [];

    /// <summary>The job that uses them; null: none.</summary>
    public JobId? UsedBy { get; init; }

    /// <summary>Completions that are free again with it: of all writes that free the same one, one is stored.</summary>
    public IReadOnlyList<CompletionMark> Freed { get; init; } = [];
}
