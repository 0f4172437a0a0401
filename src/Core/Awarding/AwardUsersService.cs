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
    JobStart start,
    JobRunService runs,
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
            return await GoOnAsync(begun, isNew: false, until, cancellationToken);
        }

        var certification = (await certifications.FindAsync(code, cancellationToken))?.Certification;
        if (RejectionOf(code, certification) is { } refused)
        {
            return refused;
        }

        var asked = await NewJobAsync(certification!, request, caller, jobId, cancellationToken);
        return asked.IsDone(out var newJob, out var why) ? await BeginAsync(newJob, until, cancellationToken) : why;
    }

    /// <summary>Why nobody can be awarded the certification; null: nothing stands against it.</summary>
    internal static Rejection? RejectionOf(CertificationCode code, Certification? certification) => certification switch
    {
        null => Rejection.NotFound("certification_not_found", $"There is no certification {code}."),
        { Status: CertificationStatus.Archived } => Rejection.Conflict("certification_archived", $"The certification {code} is archived."),
        _ => null,
    };

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
                "confirmation_required",
                $"The selection has more than {settings.ConfirmAbove} users. Say how many you expect in confirmUsers.");
        }

        var order = new AwardOrder(dates.IssuedOn, dates.ExpiresOn, association, request.OnExisting, request.Reason);
        return new NewJob(JobOf(jobId, certification, order, caller, few, request.ConfirmUsers), selection);
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

    private Job JobOf(
        JobId jobId, Certification certification, AwardOrder order, string caller, IReadOnlyList<LmsId>? few, int? confirmUsers) => new()
        {
            Id = jobId,
            Kind = JobKind.Award,
            Status = few is null ? JobStatus.Queued : JobStatus.Running,
            CertificationCode = certification.Code,
            Order = order,
            Users = few,
            Runs = few is null ? 0 : RunSplitter.SplitFew(few).Count,
            Total = few?.Count,
            ConfirmUsers = confirmUsers,
            RequestedBy = caller,
            CreatedAt = clock.Now,
            StartedAt = few is null ? null : clock.Now,
            SentAt = clock.Now,
        };

    private async Task<AwardedUsers> BeginAsync(NewJob asked, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (asked.Job.Users is null)
        {
            await selections.SaveAsync(asked.Job.Id, asked.Selection, cancellationToken);
        }

        var added = await jobs.TryAddAsync(Confirmed(asked.Job), cancellationToken);
        var job = added ?? await jobs.FindAsync(asked.Job.Id, cancellationToken)
            ?? throw new InvalidOperationException($"Job {asked.Job.Id} has vanished.");
        return await GoOnAsync(job, isNew: added is not null, until, cancellationToken);
    }

    /// <summary>A job of few users whose number is another than confirmed has failed before it begins.</summary>
    private Job Confirmed(Job job) => job.Total is { } total && job.ConfirmUsers is { } expected && expected != total
        ? job.Mismatched(expected, clock.Now)
        : job;

    private async Task<AwardedUsers> GoOnAsync(StoredJob stored, bool isNew, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (stored.Job.IsFinal)
        {
            return new AwardedUsers(stored.Job, null);
        }

        if (stored.Job.Users is null)
        {
            await start.ExpandAsync(stored.Job.Id, cancellationToken);
            return new AwardedUsers(stored.Job, null);
        }

        // Not bound to the caller: one who hangs up must not leave half of the users for the sweeper.
        var left = until - clock.Now;
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            var (job, results) = await runs.ProcessFewAsync(stored, isNew, deadline.Token);
            return new AwardedUsers(job, results);
        }
        catch (Exception e) when (e is OperationCanceledException || isTrouble(e))
        {
            return new AwardedUsers(stored.Job, null) { IsInterrupted = true };
        }
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
