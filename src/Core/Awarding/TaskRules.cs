using CertFunctions.Core.Audit;
using CertFunctions.Core.Awarding.Undoing;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>What a task comes to, given what is stored. Pure: the same question always has the same answer.</summary>
public static class TaskRules
{
    /// <summary>The certification that the task is about; null: none.</summary>
    public static CertificationCode? CodeOf(RunTask task, Work work) => task switch
    {
        OrderTask => work.About,
        AwardTask award => award.Code,
        RevokeTask revoke => revoke.Code,
        CompletionTask completion => completion.Code,
        UndoTask undo => undo.Code,
        _ => null,
    };

    /// <param name="certification">Of <see cref="CodeOf"/>.</param>
    /// <param name="user">Null: there is no such user, or the task names none.</param>
    /// <param name="existing">The latest version of the award, an unassigned one included; null: never awarded.</param>
    /// <param name="clock">Says on which day something happens.</param>
    public static Decision Decide(RunTask task, Job job, Certification? certification, User? user, Award? existing, OrganisationClock clock)
    {
        if (user is not null && task.Username is { } username && !FoldedText.AreSame(user.Username, username))
        {
            return task.IsNamedById
                ? Decision.Fail(ErrorCode.UserMismatch, $"User {user.Id} is called {user.Username}, not {username}.")
                : Decision.Fail(ErrorCode.UserNotFound, $"Nobody is called {username} any more.");
        }

        var provenance = ProvenanceOf(task, job);
        return task switch
        {
            OrderTask => AwardRules.Decide(((AwardUsersWork)job.Work).Order, certification!, task.UserId!, user, existing, provenance),
            AwardTask award => AwardRules.Decide(award.Order, certification!, task.UserId!, user, existing, provenance),
            RevokeTask revoke => AwardRules.DecideRevocation(revoke.Reason, user, existing, provenance, clock),
            DecidedTask { UserId: not null } decided => AwardRules.TroubleOf(user) ?? DecisionOf(decided),
            DecidedTask decided => DecisionOf(decided),
            _ => throw new InvalidOperationException($"A {task.GetType().Name} changes no award."),
        };
    }

    private static Decision DecisionOf(DecidedTask decided) => new(decided.Outcome, decided.Code, decided.Detail, null);

    public static Provenance ProvenanceOf(RunTask task, Job job) =>
        new(job.RequestedBy, job.CreatedAt, job.Id, new Origin(JobId: job.Id, File: job.Work.FilePath, Line: task.Line));
}
