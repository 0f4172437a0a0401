using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Jobs;

/// <summary>What a job did to one user, or on account of one line of a file.</summary>
/// <param name="UserId">Null: the line names nobody that is known.</param>
/// <param name="Username">As it was then; where there is no such user, as it was asked for, or null.</param>
/// <param name="Code">Why, where the outcome is skipped or failed; else null.</param>
/// <param name="Detail">The same in words.</param>
/// <param name="Version">The version of the award that was written; null where nothing was.</param>
public sealed record JobResult(LmsId? UserId, string? Username, ChangeOutcome Outcome, string? Code, string? Detail, int? Version)
{
    /// <summary>The line of the file; null where there is none.</summary>
    public int? Line { get; init; }

    /// <summary>Where the job is about several.</summary>
    public CertificationCode? CertificationCode { get; init; }

    /// <summary>Of a plan: what would come of it, and on what grounds; null: nothing that is stored decided it.</summary>
    public PlannedAward? Planned { get; init; }

    /// <summary>The completions that were set free again when an award was undone; null: none.</summary>
    public IReadOnlyList<Completion>? Freed { get; init; }

    /// <summary>A file may name users, and be quoted, at any length: that is cut.</summary>
    /// <param name="username">As the user is called now; null: there is no such user.</param>
    public static JobResult Of(RunTask task, string? username, ChangeOutcome outcome, string? code, string? detail, int? version = null) => new(
        task.UserId,
        Excerpt.Of(username ?? task.Username, Limits.UsernameLength),
        outcome,
        code,
        Excerpt.Of(detail, Limits.ResultDetailLength),
        version)
    {
        Line = task.Line,
    };
}
