using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awards;

/// <summary>What was decided for one user, and on what grounds.</summary>
/// <param name="UserId">Null only where nothing is written: a line of a file that names nobody.</param>
/// <param name="Name">How the lists are to show the user; null only where nothing is written.</param>
/// <param name="Before">The award that the decision was made on: it is written only if that is still the latest.</param>
public sealed record AwardWrite(LmsId? UserId, PersonName? Name, StoredAward? Before, Decision Decision)
{
    /// <summary>The username that was asked for, where the user is not known.</summary>
    public string? Username { get; init; }

    public int? Line { get; init; }

    /// <summary>To be reported with the result; null: the job has but one.</summary>
    public CertificationCode? CertificationCode { get; init; }

    /// <summary>
    /// The completions that are used up by it, also where nothing else is written: of all writes that use the same one for the same
    /// certification, one is stored.
    /// </summary>
    public IReadOnlyList<CompletionMark> Completions { get; init; } = [];

    /// <summary>What the job reports of it once it is stored. A file may name users, and be quoted, at any length: that is cut.</summary>
    public JobResult Result => new(
        UserId,
        Excerpt.Of(Name?.Username ?? Username, Limits.UsernameLength),
        Decision.Outcome,
        Decision.Code,
        Excerpt.Of(Decision.Detail, Limits.ResultDetailLength),
        Decision.After?.Version)
    {
        Line = Line,
        CertificationCode = CertificationCode,
    };

    public static AwardWrite Of(RunTask task, PersonName? name, StoredAward? before, Decision decision) =>
        new(task.UserId, name, before, decision) { Username = task.Username, Line = task.Line };
}
