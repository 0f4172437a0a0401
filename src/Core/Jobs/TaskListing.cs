using System.Runtime.CompilerServices;

namespace CertFunctions.Core.Jobs;

/// <summary>
/// Lists the tasks of a job, read in <see cref="ShardOrder"/>, in a manifest: for a while at a time, so that a list that takes longer than a
/// function may run is gone on with, and not begun again.
/// </summary>
public sealed class TaskListing(IJobStore jobs, IManifestStore manifests, OrganisationClock clock, TaskListingSettings settings)
{
    /// <param name="readBehind">The users behind one, in <see cref="ShardOrder"/>; null: all.</param>
    /// <param name="check">May fail the job, now that its number of tasks is known.</param>
    /// <returns>The job as it is stored afterwards; null when another step has listed the same, or the job has ended meanwhile.</returns>
    public async Task<StoredJob?> GoOnAsync(
        StoredJob stored, Func<LmsId?, IAsyncEnumerable<UserTasks>> readBehind, Func<Job, Job> check, CancellationToken cancellationToken)
    {
        var (id, from) = (stored.Job.Id, stored.Job.Listed);
        var cut = new Cut(clock, settings.TimePerStep);
        var tasks = cut.TakeAsync(readBehind(from?.Last), cancellationToken);
        var part = await manifests.WriteAsync(id, RunSplitter.SplitAsync(tasks, cancellationToken), cancellationToken);
        IReadOnlyList<string> parts = [.. from?.Parts ?? [], part.Name];
        var all = cut.Last is not null || parts.Count == 1 ? part : await manifests.JoinAsync(id, parts, cancellationToken);
        return await jobs.MoveAsync(
            stored,
            job => cut.Last is { } last
                ? job.Moved(clock.Now) with { Listed = new ListedTasks(parts, last) }
                : check(job.Resolved(all, clock.Now)),
            cancellationToken);
    }

    /// <summary>Ends a list when its time is up, which runs from the first user: to open thousands of sources takes a while.</summary>
    private sealed class Cut(OrganisationClock clock, TimeSpan time)
    {
        /// <summary>The last user before the cut; null: the list was not cut.</summary>
        public LmsId? Last { get; private set; }

        public async IAsyncEnumerable<RunTask> TakeAsync(
            IAsyncEnumerable<UserTasks> users, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            DateTimeOffset? until = null;
            LmsId? before = null;
            await foreach (var user in users.WithCancellation(cancellationToken))
            {
                until ??= clock.Now + time;
                if (before is not null && clock.Now >= until)
                {
                    Last = before;
                    yield break;
                }

                before = user.UserId;
                foreach (var task in user.Tasks)
                {
                    yield return task;
                }
            }
        }
    }
}

/// <summary>What there is to do for one user.</summary>
/// <param name="Tasks">None: the list has got past this user, and need not come back.</param>
public sealed record UserTasks(LmsId UserId, IReadOnlyList<RunTask> Tasks);

/// <summary>How far the tasks of a job have been listed.</summary>
/// <param name="Parts">Manifests, to be joined in this order.</param>
/// <param name="Last">The last user in them, where they are listed user by user.</param>
/// <param name="NextRun">The run to go on with, where they are listed run by run of another job.</param>
public sealed record ListedTasks(IReadOnlyList<string> Parts, LmsId? Last, int NextRun = 0);

/// <param name="TimePerStep">How long one step lists; the next goes on. A function has no time without end.</param>
public sealed record TaskListingSettings(TimeSpan TimePerStep)
{
    public static readonly TaskListingSettings Default = new(TimeSpan.FromMinutes(1));
}
