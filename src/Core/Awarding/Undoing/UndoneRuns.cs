using System.Runtime.CompilerServices;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awarding.Undoing;

/// <summary>Lists what a job changed, by its results: run by run, streaming, until the time is up, and at least those of one run.</summary>
/// <param name="from">The first run of the job that is listed.</param>
internal sealed class UndoneRuns(IRunStore runs, IManifestStore manifests, OrganisationClock clock, Job undone, int from, DateTimeOffset until)
{
    /// <summary>The first run of the job that was not listed; null: all were. Known when the list has been read.</summary>
    public int? Next { get; private set; }

    /// <summary>The runs that undo it.</summary>
    public async IAsyncEnumerable<RunTasks> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var begun = await runs.ListReceiptsAsync(undone.Id, cancellationToken);
        var number = 0;
        foreach (var run in begun.Select(receipt => receipt.Key).Where(run => run.Run >= from).OrderBy(run => run.Run))
        {
            if (number > 0 && clock.Now >= until)
            {
                Next = run.Run;
                yield break;
            }

            if (await ReadAsync(run, cancellationToken) is { Count: > 0 } changed)
            {
                yield return new RunTasks(number++, run.Shard, changed);
            }
        }
    }

    private async Task<IReadOnlyList<RunTask>> ReadAsync(RunKey run, CancellationToken cancellationToken)
    {
        var results = await runs.ReadResultsAsync(run, cancellationToken).SelectMany(page => page.ToAsyncEnumerable()).ToListAsync(cancellationToken);

        // What a completion was used for is noted also where the award stayed as it was.
        var used = undone.Work is RetroactiveWork
            ? (await manifests.FindRunAsync(undone.ListedBy, undone.Manifest!, run.Run, cancellationToken))!.Tasks.Cast<CompletionTask>().Select(task => task.Completions)
            : Enumerable.Repeat<IReadOnlyList<Completion>>([], results.Count);

        // The last change of an award first.
        return [.. results.Zip(used, TaskOf).OfType<UndoTask>().Reverse()];
    }

    /// <returns>Null: the job left no trace.</returns>
    private UndoTask? TaskOf(JobResult result, IReadOnlyList<Completion> completions)
    {
        var used = result.Outcome == ChangeOutcome.Failed ? [] : completions;
        return result.Version is null && used.Count == 0 && result.Freed is null
            ? null
            : new UndoTask((undone.Work.About ?? result.CertificationCode)!, result.Version, [.. used.Select(one => one with { ActivityTitle = null })], result.Freed ?? [])
            {
                UserId = result.UserId,
                Line = result.Line,
            };
    }
}
