using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding.Plans;

/// <summary>Carries out plans: each once.</summary>
public sealed class PlanService(IJobStore jobs, JobService service, PlanChecker checker, SmallJobs small, OrganisationClock clock)
{
    /// <summary>
    /// Makes the job that carries a plan out, or finds the one that was made. A plan of few rows is compared with what is stored before the job is
    /// made, and done before the answer; that of a large one fails before it does anything.
    /// </summary>
    public async Task<Outcome<BegunJob>> ApplyAsync(JobId planId, string caller, JobId proposed, CancellationToken cancellationToken)
    {
        var until = small.Deadline();
        if (!(await ReserveAsync(planId, proposed, cancellationToken)).IsDone(out var plan, out var why))
        {
            return why;
        }

        var isSmall = plan.Total <= Limits.UsersDoneBeforeAnswer;
        var job = Job.Queued(plan.AppliedBy!, plan.Work with { ConfirmUsers = null }, caller, clock.Now) with { PlanId = plan.Id };
        var (stored, _) = await service.AddAsync(isSmall ? RunningOf(job, plan) : job, cancellationToken);
        return await small.BeginAsync(stored, isSmall, until, cancellationToken);
    }

    /// <returns>The plan, which says by which job it is carried out.</returns>
    private Task<Outcome<Job>> ReserveAsync(JobId planId, JobId proposed, CancellationToken cancellationToken) => Attempts.UntilDoneAsync<Outcome<Job>>(async () =>
    {
        if (await jobs.FindAsync(planId, cancellationToken) is not { } stored)
        {
            return JobRejections.NotFound(planId);
        }

        var plan = stored.Job;
        if (plan is not { IsPlan: true, Status: JobStatus.Completed or JobStatus.CompletedWithErrors })
        {
            return JobRejections.StateConflict(plan, plan.IsPlan ? "has no plan to carry out" : "is no plan");
        }

        if (plan.AppliedBy is { } made && await jobs.FindAsync(made, cancellationToken) is not null)
        {
            return plan;
        }

        if (plan.Total <= Limits.UsersDoneBeforeAnswer && await checker.CheckAsync(plan, cancellationToken) is { Outdated: > 0 } check)
        {
            return Rejection.Conflict(ErrorCode.PlanOutdated, check.Describe(plan.Total.Value));
        }

        if (plan.AppliedBy is not null)
        {
            return plan;
        }

        var reserved = plan with { AppliedBy = proposed };
        return await jobs.TryReplaceAsync(reserved, stored, entry: null, cancellationToken) is null ? null : new Outcome<Job>.Done(reserved);
    });

    private Job RunningOf(Job job, Job plan) => job with
    {
        Manifest = plan.Manifest,
        Runs = plan.Runs,
        Total = plan.Total,
        Status = JobStatus.Running,
        StartedAt = clock.Now,
    };
}
