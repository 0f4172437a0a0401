using System.Runtime.CompilerServices;

namespace CertFunctions.Core.Jobs;

/// <summary>
/// Lists the tasks of a job, read in <see cref="ShardOrder"/>, in a manifest: for a while at a time, so that a list that takes longer than a
/// function may run is gone on with, and not begun again.
/// </summary>
public sealed class TaskListing(IJobStore jobs, IManifestStore manifests, OrganisationClock clock, TaskListingSettings settings)
{
    /// <param name="readBehind">The tasks of the users behind one; null: of all.</param>
    /// <param name="check">May fail the job, now that its number of tasks is known.</param>
    /// <returns>The job as it is stored afterwards: whoever was faster decides.</returns>
    public async Task<StoredJob> GoOnAsync(
        StoredJob stored, Func<LmsId?, IAsyncEnumerable<RunTask>> readBehind, Func<Job, Job> check, CancellationToken cancellationToken)
    {
        var job = stored.Job;
        var cut = new Cut(clock, clock.Now + settings.TimePerStep);
        var tasks = cut.TakeAsync(readBehind(job.Listed?.Last), cancellationToken);
        var part = await manifests.WriteAsync(job.Id, RunSplitter.SplitAsync(tasks, cancellationToken), cancellationToken);
        IReadOnlyList<string> parts = [.. job.Listed?.Parts ?? [], part.Name];
        var next = cut.Last is { } last
            ? job.Moved(clock.Now) with { Listed = new ListedTasks(parts, last) }
            : check(job.Resolved(parts.Count == 1 ? part : await manifests.JoinAsync(job.Id, parts, cancellationToken), clock.Now));
        return await jobs.ReplaceOrFindAsync(stored, next, cancellationToken);
    }

    /// <summary>Ends a list when its time is up, between two users: one's tasks stay together.</summary>
    private sealed class Cut(OrganisationClock clock, DateTimeOffset until)
    {
        /// <summary>The last user before the cut; null: the list was not cut.</summary>
        public LmsId? Last { get; private set; }

        public async IAsyncEnumerable<RunTask> TakeAsync(
            IAsyncEnumerable<RunTask> tasks, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            LmsId? before = null;
            await foreach (var task in tasks.WithCancellation(cancellationToken))
            {
                if (before is not null && task.UserId != before && clock.Now >= until)
                {
                    Last = before;
                    yield break;
                }

                before = task.UserId;
                yield return task;
            }
        }
    }
}

/// <summary>How far the tasks of a job have been listed.</summary>
/// <param name="Parts">Manifests, to be joined in this order.</param>
/// <param name="Last">The last user in them.</param>
public sealed record ListedTasks(IReadOnlyList<string> Parts, LmsId Last);

/// <param name="TimePerStep">How long one step lists; the next goes on. A function has no time without end.</param>
public sealed record TaskListingSettings(TimeSpan TimePerStep)
{
    public static readonly TaskListingSettings Default = new(TimeSpan.FromMinutes(1));
}
