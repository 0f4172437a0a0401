namespace CertFunctions.Core.Jobs;

/// <summary>Begins jobs: the small ones are done before the answer, here and now, by the code that the queues run.</summary>
public sealed class SmallJobs(
    IJobStore jobs, JobService service, JobRunService runs, JobStepService steps, IsStorageTrouble isTrouble, OrganisationClock clock, SmallJobSettings settings)
{
    /// <summary>Until when one who asks now is made to wait.</summary>
    public DateTimeOffset Deadline() => clock.Now + settings.TimeBeforeAnswer;

    /// <param name="isSmall">Its runs are known, and few.</param>
    /// <param name="until">Then it goes on in the background.</param>
    public async Task<BegunJob> BeginAsync(StoredJob stored, bool isSmall, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (!isSmall || stored.Job.IsFinal)
        {
            await service.StartAsync(stored.Job, cancellationToken);
            return new BegunJob(stored.Job) { IsSmall = isSmall };
        }

        return await DoAsync(stored.Job, until, async token =>
        {
            await RunAsync(stored.Job, token);
            return new BegunJob((await jobs.GetAsync(stored.Job.Id, token)).Job) { IsSmall = true };
        });
    }

    /// <summary>Does a small job in time, or leaves it to the background.</summary>
    /// <param name="run">Does it, and says what came of it.</param>
    public async Task<BegunJob> DoAsync(Job job, DateTimeOffset until, Func<CancellationToken, Task<BegunJob>> run)
    {
        // Not bound to the caller: one who hangs up must not leave half of the users for the sweeper.
        var left = until - clock.Now;
        using var deadline = new CancellationTokenSource(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            return await run(deadline.Token);
        }
        catch (Exception e) when (e is OperationCanceledException || isTrouble(e))
        {
            return new BegunJob(job) { IsSmall = true, IsInterrupted = true };
        }
    }

    private async Task RunAsync(Job job, CancellationToken cancellationToken)
    {
        await Task.WhenAll(Enumerable.Range(0, job.Runs).Select(run => runs.ProcessAsync(job.Id, run, cancellationToken)));
        if (job.Runs == 0 || job.Work.HasFinish)
        {
            await steps.AdvanceAsync(job.Id, cancellationToken);
        }
    }
}

/// <summary>A job that was begun, or had been before.</summary>
/// <param name="Results">What became of each user, where the job is done and this call did it; null: they are in the store.</param>
public sealed record BegunJob(Job Job, IReadOnlyList<JobResult>? Results = null)
{
    /// <summary>It is answered with its results if it is done.</summary>
    public bool IsSmall { get; init; }

    /// <summary>The storage is in trouble: the job goes on in the background, and how far it has come is better not asked.</summary>
    public bool IsInterrupted { get; init; }
}

/// <param name="TimeBeforeAnswer">See <see cref="Limits.TimeBeforeAnswer"/>.</param>
public sealed record SmallJobSettings(TimeSpan TimeBeforeAnswer)
{
    public static readonly SmallJobSettings Default = new(Limits.TimeBeforeAnswer);
}
