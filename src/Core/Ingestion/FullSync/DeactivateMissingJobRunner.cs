using CertFunctions.Core.Audit;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.FullSync;

/// <summary>Carries out <see cref="DeactivateMissingWork"/>: finds who is missing, sees that they are not suspiciously many, and deactivates them run by run.</summary>
public sealed class DeactivateMissingJobRunner(
    IJobStore jobs, IImportStore imports, MissingUsersReader missing, TaskListing listing, IRunStore runs, UserService users, MissingUsersReporter reporter,
    OrganisationClock clock, FullSyncSettings settings) : IJobRunner
{
    public bool CarriesOut(Work work) => work is DeactivateMissingWork;

    public async Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken)
    {
        var work = WorkOf(stored.Job);
        var import = (await jobs.GetAsync(work.ImportId, cancellationToken)).Job;
        var nameless = (await imports.ListChunksAsync(work.ImportId, cancellationToken)).Sum(chunk => chunk.Nameless);
        return WhyIncomplete(import, nameless) is { } why
            ? await jobs.ReplaceOrFindAsync(stored, stored.Job.Failed(ErrorCode.FileIncomplete, why, clock.Now), cancellationToken)
            : await listing.GoOnAsync(stored, after => missing.ReadAsync(work, import.Manifest!, after, cancellationToken), Check, cancellationToken);
    }

    public async Task<RunEnd> RunAsync(Job job, RunTasks run, bool isNew, CancellationToken cancellationToken)
    {
        var writer = await runs.OpenAsync(new RunKey(job.Id, run.Run, run.Shard), job.Turn, isNew, cancellationToken);
        var by = Actor.OfJob(job.Id, job.RequestedBy, Via.Csv);
        return await writer.DoAsync(run, job.Turn, DeactivateAsync, cancellationToken);

        async Task<IReadOnlyList<JobResult>> DeactivateAsync(IEnumerable<RunTask> left)
        {
            var tasks = left.ToList();
            var outcomes = await users.PutManyAsync([.. tasks.Select(task => UserPut.Deletion(task.UserId!))], WorkOf(job).TakenAt, by, cancellationToken);
            return [.. tasks.Select(task => ResultOf(job, task, outcomes[task.UserId!]))];
        }
    }

    public Task<bool> FinishAsync(Job job, IReadOnlyList<RunReceipt> receipts, CancellationToken cancellationToken) =>
        reporter.WriteAsync(job, receipts, cancellationToken);

    /// <summary>A row that names nobody could be about anyone; and who names nobody at all does not mean everybody.</summary>
    private static string? WhyIncomplete(Job import, int nameless) =>
        import.Total == 0 ? "The file names nobody, so nobody was deactivated."
        : nameless > 0 ? $"The file has rows ({nameless}) that do not tell whom they are about: it could be anyone who is missing, so nobody was deactivated. Mend them and send the whole file again."
        : null;

    private Job Check(Job resolved)
    {
        var why = Confirmation.WhyNot(resolved.Total!.Value, WorkOf(resolved).File.Options.ConfirmUsers, settings.ConfirmAbove);
        return why switch
        {
            ErrorCode.ConfirmationMismatch => resolved.Failed(
                why, $"{WorkOf(resolved).File.Options.ConfirmUsers} users were confirmed, but {resolved.Total} are not in the file. Nobody was deactivated.", clock.Now),
            ErrorCode.ConfirmationRequired => resolved.Failed(
                why, $"{resolved.Total} users are not in the file, more than {settings.ConfirmAbove}: send it again, and say so in confirmUsers. Nobody was deactivated.", clock.Now),
            _ => resolved,
        };
    }

    private static JobResult ResultOf(Job job, RunTask task, Outcome<Change<User>> outcome) =>
        !outcome.IsDone(out var change, out var why) ? DirectoryResults.Failed(task, why)
        : change.Value.Active ? DirectoryResults.ChangedSince(task, change.Value)
        : DirectoryResults.Of(task, job.Changed(change, change.Value.UpdatedAt));

    private static DeactivateMissingWork WorkOf(Job job) => (DeactivateMissingWork)job.Work;
}

/// <param name="ConfirmAbove">See <see cref="Limits.ConfirmAbove"/>; 0: off.</param>
public sealed record FullSyncSettings(int ConfirmAbove)
{
    public static readonly FullSyncSettings Default = new(Limits.ConfirmAbove);
}
