using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding;

/// <summary>Awards a certification to a selection of users: a few before it answers, many as a background job.</summary>
public sealed class AwardUsersService(
    ICertificationStore certifications,
    SelectionResolver resolver,
    SelectionReader reader,
    AssociationRules associations,
    IJobStore jobs,
    ISelectionStore selections,
    JobService service,
    SmallJobs small,
    AwardRunner runner,
    JobProgress progress,
    OrganisationClock clock,
    AwardUsersSettings settings)
{
    public async Task<Outcome<BegunJob>> AwardAsync(
        CertificationCode code, AwardUsersRequest request, string caller, ReservedJobId reserved, CancellationToken cancellationToken)
    {
        var until = small.Deadline();
        if (await jobs.FindBegunAsync(reserved, cancellationToken) is { } begun)
        {
            return await GoOnAsync(begun, isNew: false, null, until, cancellationToken);
        }

        if (!(await certifications.FindActiveAsync(code, cancellationToken)).IsDone(out var certification, out var why))
        {
            return why;
        }

        var asked = await NewJobAsync(certification, request, caller, reserved.Id, cancellationToken);
        return asked.IsDone(out var newJob, out why) ? await BeginAsync(newJob, certification, until, cancellationToken) : why;
    }

    private async Task<Outcome<NewJob>> NewJobAsync(
        Certification certification, AwardUsersRequest request, string caller, JobId jobId, CancellationToken cancellationToken)
    {
        if (!AwardTermsRules.Resolve(request.Terms, certification.Validity, clock.Today).IsDone(out var dates, out var why))
        {
            return why;
        }

        if (!(await associations.ResolveAsync(request.Terms.Association, cancellationToken)).IsDone(out var association, out why))
        {
            return why;
        }

        if (!(await resolver.ResolveAsync(request, cancellationToken)).IsDone(out var selection, out why))
        {
            return why;
        }

        var counted = await CountAsync(selection, isConfirmed: request.ConfirmUsers is not null || request.IsPlan, cancellationToken);
        if (counted.NeedsConfirmation)
        {
            return Rejection.Unprocessable(
                ErrorCode.ConfirmationRequired,
                $"The selection has more than {settings.ConfirmAbove} users. Say how many you expect in confirmUsers: a plan (dryRun) tells the number.");
        }

        var order = new AwardOrder(dates.IssuedOn, dates.ExpiresOn, association, request.OnExisting, request.Reason);
        var work = new AwardUsersWork(certification.Code, order, counted.Few) { ConfirmUsers = request.ConfirmUsers };
        return new NewJob(JobOf(Job.Queued(jobId, work, caller, clock.Now) with { IsPlan = request.IsPlan }), selection);
    }

    /// <summary>
    /// Reads the selection once, as far as it decides anything. Of so many sources that they are not counted here, the job finds out when it
    /// is resolved.
    /// </summary>
    private async Task<CountedSelection> CountAsync(AwardSelection selection, bool isConfirmed, CancellationToken cancellationToken)
    {
        var asksAbove = settings.ConfirmAbove > 0 && !isConfirmed ? settings.ConfirmAbove : (int?)null;
        if (selection.Sources.Count > Limits.SourcesCountedBeforeAnswer)
        {
            return new CountedSelection(null, selection.Users.Count > asksAbove);
        }

        var most = Math.Max(Limits.UsersDoneBeforeAnswer, asksAbove ?? 0);
        var users = await reader.ReadUpToAsync(selection, most, cancellationToken);
        return users is { Count: <= Limits.UsersDoneBeforeAnswer }
            ? new CountedSelection(users, users.Count > asksAbove)
            : new CountedSelection(null, asksAbove is not null && (users is null || users.Count > asksAbove));
    }

    private Job JobOf(Job queued) => queued.Work.FewRuns is { } runs
        ? ConfirmedSelection.Check(
            queued with { Status = JobStatus.Running, Runs = runs.Count, Total = runs.Sum(run => run.Tasks.Count), StartedAt = clock.Now }, settings.ConfirmAbove, clock.Now)
        : queued;

    private async Task<BegunJob> BeginAsync(NewJob asked, Certification certification, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (!asked.Job.HasRuns)
        {
            await selections.SaveAsync(asked.Job.Id, asked.Selection, cancellationToken);
        }

        var (stored, isNew) = await service.AddAsync(asked.Job, cancellationToken);
        return await GoOnAsync(stored, isNew, certification, until, cancellationToken);
    }

    /// <param name="certification">As it was just read; null: it was not.</param>
    private async Task<BegunJob> GoOnAsync(
        StoredJob stored, bool isNew, Certification? certification, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var few = stored.Job.Work.FewRuns;
        return few is null || stored.Job.IsFinal
            ? await small.BeginAsync(stored, isSmall: few is not null, until, cancellationToken)
            : await small.DoAsync(stored.Job, until, token => RunFewAsync(stored, few, isNew, certification, token));
    }

    private async Task<BegunJob> RunFewAsync(
        StoredJob stored, IReadOnlyList<RunTasks> runs, bool isNew, Certification? certification, CancellationToken cancellationToken)
    {
        var code = stored.Job.Work.About!;
        certification ??= (await certifications.FindAsync(code, cancellationToken))!.Certification;
        var known = new Dictionary<CertificationCode, Certification> { [code] = certification };
        var done = await Task.WhenAll(runs.Select(run => runner.RunAsync(stored.Job, known, run, isNew, cancellationToken)));
        if (done.Any(run => run.End == RunEnd.Cancelled))
        {
            return new BegunJob((await jobs.GetAsync(stored.Job.Id, cancellationToken)).Job) { IsSmall = true };
        }

        var job = await progress.CompleteAsync(stored, [.. done.Select(run => run.Receipt)], cancellationToken);
        var results = done.SelectMany(run => run.Results).ToList();
        return new BegunJob(job, results.Count == job.Total ? results : null) { IsSmall = true };
    }

    private sealed record NewJob(Job Job, AwardSelection Selection);

    /// <param name="Few">The users, where they are few enough to be awarded before the answer.</param>
    private sealed record CountedSelection(IReadOnlyList<LmsId>? Few, bool NeedsConfirmation);
}

/// <param name="ConfirmAbove">See <see cref="Limits.ConfirmAbove"/>; 0: off.</param>
public sealed record AwardUsersSettings(int ConfirmAbove)
{
    public static readonly AwardUsersSettings Default = new(Limits.ConfirmAbove);
}
