using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding.Plans;

/// <summary>Compares what the results of a plan rest on with what is stored now: the versions of awards, of certifications, and whether users are active.</summary>
public sealed class PlanChecker(
    IJobStore jobs, IRunStore runs, IAwardStore awards, IUserStore users, ICertificationStore certifications, OrganisationClock clock, TaskListingSettings settings)
    : IPlanCheck
{
    public async Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var plan = (await jobs.GetAsync(stored.Job.PlanId!, cancellationToken)).Job;
        var receipts = await ReceiptsOfAsync(plan, cancellationToken);
        var until = clock.Now + settings.TimePerStep;
        var check = stored.Job.Checked ?? PlanCheck.None;
        var first = check.Run;
        while (check.Run < receipts.Count && (check.Run == first || clock.Now < until))
        {
            check = check.With(await FindOutdatedAsync(plan, receipts[check.Run].Key, cancellationToken));
        }

        return await jobs.MoveAsync(stored, job => check.Run < receipts.Count ? job.Moved(clock.Now) with { Checked = check }
            : check.Outdated > 0 ? job.Failed(ErrorCode.PlanOutdated, check.Describe(plan.Total!.Value), clock.Now)
            : job.Resolved(new Manifest(plan.Manifest!, plan.Runs, plan.Total!.Value), clock.Now) with { Checked = null }, cancellationToken);
    }

    /// <summary>All of a plan at once.</summary>
    public async Task<PlanCheck> CheckAsync(Job plan, CancellationToken cancellationToken)
    {
        var check = PlanCheck.None;
        foreach (var receipt in await ReceiptsOfAsync(plan, cancellationToken))
        {
            check = check.With(await FindOutdatedAsync(plan, receipt.Key, cancellationToken));
        }

        return check;
    }

    private async Task<IReadOnlyList<RunReceipt>> ReceiptsOfAsync(Job plan, CancellationToken cancellationToken) =>
        plan.Runs == 0 ? [] : [.. (await runs.ListReceiptsAsync(plan.Id, cancellationToken)).OrderBy(receipt => receipt.Key.Run)];

    private async Task<IReadOnlyList<LmsId>> FindOutdatedAsync(Job plan, RunKey run, CancellationToken cancellationToken)
    {
        var planned = await runs.ReadResultsAsync(run, cancellationToken)
            .SelectMany(page => page.Where(result => result.Planned is not null).ToAsyncEnumerable()).ToListAsync(cancellationToken);
        var byCode = planned.ToLookup(result => plan.Work.About ?? result.CertificationCode!);
        var found = await users.FindManyAsync(run.Shard, IdsOf(planned), cancellationToken);
        var outdated = new List<LmsId>();
        foreach (var ofCode in byCode)
        {
            var version = (await certifications.FindAsync(ofCode.Key, cancellationToken))!.Certification.Version;
            var held = await awards.FindManyAsync(ofCode.Key, run.Shard, IdsOf(ofCode), cancellationToken);
            outdated.AddRange(ofCode
                .Where(result => result.Planned!.Grounds != new PlanGrounds(
                    held.GetValueOrDefault(result.UserId!)?.Award.Version ?? 0, found.GetValueOrDefault(result.UserId!)?.Active, version))
                .Select(result => result.UserId!));
        }

        return outdated;
    }

    private static List<LmsId> IdsOf(IEnumerable<JobResult> results) => [.. results.Select(result => result.UserId!).Distinct().Order(ShardOrder.Instance)];
}
