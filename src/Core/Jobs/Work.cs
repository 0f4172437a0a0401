using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Jobs;

/// <summary>
/// What a job is to do. Each kind of work stands in the folder of its feature, is <see cref="StoredAsAttribute"/> a name, and has an
/// <see cref="IJobRunner"/> of its own.
/// </summary>
public abstract record Work
{
    private protected Work()
    {
    }

    /// <summary>How callers know a job that does it.</summary>
    public abstract JobKind Kind { get; }

    /// <summary>What the job fails with when its steps fail again and again.</summary>
    public abstract JobError GivenUp { get; }

    /// <summary>Null: it can be about several, or is about none.</summary>
    public virtual CertificationCode? About => null;

    /// <summary>The file that it is about, and that history names as the origin: <c>awards/awards-2026-11.csv</c>; null: none.</summary>
    public virtual string? FilePath => null;

    /// <summary>Why it is done, in the words of whoever asked for it; null: not said.</summary>
    public virtual string? Why => null;

    /// <summary>How many users whoever asked for it expects; null: not said.</summary>
    public int? ConfirmUsers { get; init; }

    /// <summary>The job that it undoes; null: none.</summary>
    public virtual JobId? Undoes => null;

    /// <summary>It changes awards, whose former versions can be put back.</summary>
    public virtual bool CanBeUndone => true;

    /// <summary>Its runs, where they are so few that they need no manifest; null: the manifest has them.</summary>
    public virtual IReadOnlyList<RunTasks>? FewRuns => null;

    /// <summary>The job whose end began it; null: somebody asked for it.</summary>
    public virtual JobId? Follows => null;

    /// <summary>The job that it begins when it ends well; null: none.</summary>
    public virtual JobId? FollowedBy => null;

    /// <summary>When its runs are done, <see cref="IJobRunner.FinishAsync"/> has something left to do, in a step of its own.</summary>
    public virtual bool HasFinish => false;
}
