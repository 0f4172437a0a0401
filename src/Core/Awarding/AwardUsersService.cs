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
    AwardRunner runner,
    JobProgress progress,
    IsStorageTrouble isTrouble,
    OrganisationClock clock,
    AwardUsersSettings settings)
{
    /// <param name="jobId">The id that the job is to have. The same again after a crash: what was begun goes on.</param>
    public async Task<Outcome<AwardedUsers>> AwardAsync(
        CertificationCode code, AwardUsersRequest request, string caller, JobId jobId, CancellationToken cancellationToken)
    {
        var until = clock.Now + settings.TimeBeforeAnswer;
        if (await jobs.FindAsync(jobId, cancellationToken) is { } begun)
        {
            return await GoOnAsync(begun, isNew: false, null, until, cancellationToken);
        }

        if (!(await certifications.FindActiveAsync(code, cancellationToken)).IsDone(out var certification, out var why))
        {
            return why;
        }

        var asked = await NewJobAsync(certification, request, caller, jobId, cancellationToken);
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

        var few = await ReadFewAsync(selection, cancellationToken);
        if (few is null && await NeedsConfirmationAsync(selection, request.ConfirmUsers, cancellationToken))
        {
            return Rejection.Unprocessable(
                ErrorCode.ConfirmationRequired,
                $"The selection has more than {settings.ConfirmAbove} users. Say how many you expect in confirmUsers.");
        }

        var order = new AwardOrder(dates.IssuedOn, dates.ExpiresOn, association, request.OnExisting, request.Reason);
        var work = new AwardUsersWork(certification.Code, order, few, request.ConfirmUsers);
        return new NewJob(JobOf(jobId, work, caller), selection);
    }

    private async Task<IReadOnlyList<LmsId>?> ReadFewAsync(AwardSelection selection, CancellationToken cancellationToken) =>
        selection.Sources.Count > Limits.SourcesCountedBeforeAnswer
            ? null
            : await reader.ReadUpToAsync(selection, Limits.UsersDoneBeforeAnswer, cancellationToken);

    /// <summary>Of so many sources that they are not counted here, the job finds out when it is resolved.</summary>
    private async Task<bool> NeedsConfirmationAsync(AwardSelection selection, int? confirmUsers, CancellationToken cancellationToken) =>
        settings.ConfirmAbove > 0
        && confirmUsers is null
        && (selection.Users.Count > settings.ConfirmAbove || selection.Sources.Count <= Limits.SourcesCountedBeforeAnswer)
        && await reader.ReadUpToAsync(selection, settings.ConfirmAbove, cancellationToken) is null;

    private Job JobOf(JobId jobId, AwardUsersWork work, string caller)
    {
        var queued = Job.Queued(jobId, work, caller, clock.Now);
        return work.FewRuns is not { } runs
            ? queued
            : Confirmation.Check(queued with { Status = JobStatus.Running, Runs = runs.Count, Total = work.Users!.Count, StartedAt = clock.Now }, clock.Now);
    }

    private async Task<AwardedUsers> BeginAsync(NewJob asked, Certification certification, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (!asked.Job.HasRuns)
        {
            await selections.SaveAsync(asked.Job.Id, asked.Selection, cancellationToken);
        }

        var (stored, isNew) = await service.AddAsync(asked.Job, cancellationToken);
        return await GoOnAsync(stored, isNew, certification, until, cancellationToken);
    }

    /// <param name="certification">As it was just read; null: it was not.</param>
    private async Task<AwardedUsers> GoOnAsync(
        StoredJob stored, bool isNew, Certification? certification, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (stored.Job.IsFinal)
        {
            return new AwardedUsers(stored.Job, null);
        }

        if (stored.Job.Work.FewRuns is not { } runs)
        {
            await service.StartAsync(stored.Job, cancellationToken);
            return new AwardedUsers(stored.Job, null);
        }

        // Not bound to the caller: one who hangs up must not leave half of the users for the sweeper.
        var left = until - clock.Now;
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            return await RunFewAsync(stored, runs, isNew, certification, deadline.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || isTrouble(e))
        {
            return new AwardedUsers(stored.Job, null) { IsInterrupted = true };
        }
    }

    private async Task<AwardedUsers> RunFewAsync(
        StoredJob stored, IReadOnlyList<RunTasks> runs, bool isNew, Certification? certification, CancellationToken cancellationToken)
    {
        var code = stored.Job.Work.About!;
        certification ??= (await certifications.FindAsync(code, cancellationToken))!.Certification;
        var known = new Dictionary<CertificationCode, Certification> { [code] = certification };
        var done = await Task.WhenAll(runs.Select(run => runner.RunAsync(stored.Job, known, run, isNew, cancellationToken)));
        var job = await progress.CompleteAsync(stored, [.. done.Select(run => run.Receipt)], cancellationToken);
        var results = done.SelectMany(run => run.Results).ToList();
        return new AwardedUsers(job, results.Count == job.Total ? results : null);
    }

    private sealed record NewJob(Job Job, AwardSelection Selection);
}

/// <param name="Results">What became of each user, where the job is done and this call did it; else they are in the store.</param>
public sealed record AwardedUsers(Job Job, IReadOnlyList<JobResult>? Results)
{
    /// <summary>The storage is in trouble: the job goes on in the background, and how far it has come is better not asked.</summary>
    public bool IsInterrupted { get; init; }
}

/// <param name="ConfirmAbove">See <see cref="Limits.ConfirmAbove"/>; 0: off.</param>
/// <param name="TimeBeforeAnswer">See <see cref="Limits.TimeBeforeAnswer"/>.</param>
public sealed record AwardUsersSettings(int ConfirmAbove, TimeSpan TimeBeforeAnswer)
{
    public static readonly AwardUsersSettings Default = new(Limits.ConfirmAbove, Limits.TimeBeforeAnswer);
}
