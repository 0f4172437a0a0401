namespace CertFunctions.Core.Jobs;

/// <summary>One thing that a run has to do: for one user, or for one line of a file. Each kind is <see cref="StoredAsAttribute"/> a name.</summary>
public abstract record RunTask
{
    private protected RunTask()
    {
    }

    /// <summary>Whom it is for; null: nobody is known, or it is not about a user.</summary>
    public LmsId? UserId { get; init; }

    /// <summary>The username as the file has it. Whoever carries the task out sees to it that the user is still called so.</summary>
    public string? Username { get; init; }

    /// <summary>The file names the user by the id, so that a username that comes along must be the user's.</summary>
    public bool IsNamedById { get; init; }

    /// <summary>The line of the file, counted from 1 with the header; null where there is no file.</summary>
    public int? Line { get; init; }
}

/// <summary>
/// A line whose outcome was clear when it was read: it is only reported. Where the user is known, the user's own troubles (not found,
/// deactivated) are looked for first.
/// </summary>
[StoredAs("decided")]
public sealed record DecidedTask(ChangeOutcome Outcome, string Code, string Detail) : RunTask;
