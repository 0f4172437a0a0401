using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using CertFunctions.Core;
using CertFunctions.Core.Audit;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing.Fakes;

/// <summary>Jobs in memory.</summary>
public sealed class FakeJobStore : IJobStore
{
    private readonly ConcurrentDictionary<JobId, StoredJob> jobs = new();
    private readonly ConcurrentDictionary<(JobId Id, int RetriedIn, int Run), bool> runsDone = new();
    private int revisions;

    /// <summary>What was stored with changes for the audit to say.</summary>
    public FakeAudit Audit { get; } = new();

    public Task<StoredJob?> TryAddAsync(Job job, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var stored = new StoredJob(job, NextRevision());
        return Task.FromResult(Audit.Note(jobs.TryAdd(job.Id, stored), entry) ? stored : null);
    }

    public Task<StoredJob?> FindAsync(JobId id, CancellationToken cancellationToken) => Task.FromResult(jobs.GetValueOrDefault(id));

    /// <summary>Called once, before the next job is replaced: somebody else may be faster.</summary>
    public Func<Task>? BeforeReplacing { get; set; }

    public async Task<StoredJob?> TryReplaceAsync(Job job, StoredJob former, AuditEntry? entry, CancellationToken cancellationToken)
    {
        var before = BeforeReplacing;
        BeforeReplacing = null;
        await (before?.Invoke() ?? Task.CompletedTask);
        var stored = new StoredJob(job, NextRevision());
        var replaced = jobs.TryGetValue(job.Id, out var latest) && latest.Revision == former.Revision && jobs.TryUpdate(job.Id, stored, latest);
        return Audit.Note(replaced, entry) ? stored : null;
    }

    public Task<Page<Job>> ListAsync(JobFilter filter, PageRequest page, CancellationToken cancellationToken)
    {
        var found = jobs.Values.Select(stored => stored.Job)
            .Where(job => (filter.Kind ?? job.Kind) == job.Kind && (filter.Status ?? job.Status) == job.Status)
            .Where(job => (filter.RequestedBy ?? job.RequestedBy) == job.RequestedBy)
            .Where(job => page.After is null || string.CompareOrdinal(job.Id.Value, page.After) > 0)
            .OrderBy(job => job.Id.Value, StringComparer.Ordinal)
            .Take(page.Limit + 1)
            .ToList();
        var next = found.Count > page.Limit ? found[page.Limit - 1].Id.Value : null;
        return Task.FromResult(new Page<Job>([.. found.Take(page.Limit)], next));
    }

    public async IAsyncEnumerable<JobId> ListActiveAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var stored in jobs.Values.Where(stored => !stored.Job.IsFinal))
        {
            yield return stored.Job.Id;
        }
    }

    /// <summary>Called before a run is noted as done: it may come to nothing.</summary>
    public Func<int, Task> BeforeMarking { get; set; } = _ => Task.CompletedTask;

    public async Task<bool> MarkRunDoneAsync(Job job, int run, CancellationToken cancellationToken)
    {
        await BeforeMarking(run);
        runsDone[(job.Id, job.Turn.RetriedIn, run)] = true;
        return DoneOf(job).Count() == job.Runs;
    }

    public Task<bool> IsRunDoneAsync(Job job, int run, CancellationToken cancellationToken) => Task.FromResult(DoneOf(job).Contains(run));

    public Task<IReadOnlySet<int>> ListRunsDoneAsync(Job job, CancellationToken cancellationToken) => Task.FromResult<IReadOnlySet<int>>(DoneOf(job).ToHashSet());

    private IEnumerable<int> DoneOf(Job job) => runsDone.Keys.Where(key => key.Id == job.Id && key.RetriedIn == job.Turn.RetriedIn).Select(key => key.Run);

    private string NextRevision() => Interlocked.Increment(ref revisions).ToString(CultureInfo.InvariantCulture);
}
