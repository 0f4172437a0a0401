using System.Globalization;

namespace CertFunctions.Core.Jobs;

/// <summary>Lists what a job did to each user, run by run.</summary>
public sealed class JobResultsService(IRunStore store)
{
    private const char Separator = ':';

    /// <summary>A filter that finds little leaves a short page after so many runs.</summary>
    private const int RunsPerPage = 16;

    public async Task<Page<JobResult>> ListAsync(JobId jobId, ChangeOutcome? outcome, PageRequest page, CancellationToken cancellationToken)
    {
        var (fromRun, after) = Parse(page.After);
        var found = new List<JobResult>(page.Limit);
        var begun = (await store.ListReceiptsAsync(jobId, cancellationToken)).OrderBy(receipt => receipt.Key.Run);
        var runs = begun.Where(receipt => receipt.Key.Run >= fromRun).ToList();
        foreach (var receipt in runs.Take(RunsPerPage))
        {
            var rest = new PageRequest(page.Limit - found.Count, receipt.Key.Run == fromRun ? after : null);
            var ofRun = await store.ListResultsAsync(receipt.Key, outcome, rest, cancellationToken);
            found.AddRange(ofRun.Items);
            if (ofRun.Next is not null)
            {
                return new Page<JobResult>(found, Position(receipt.Key.Run, ofRun.Next));
            }

            if (found.Count == page.Limit)
            {
                return new Page<JobResult>(found, NextRun(runs, receipt.Key.Run));
            }
        }

        return new Page<JobResult>(found, runs.Count > RunsPerPage ? Position(runs[RunsPerPage].Key.Run, null) : null);
    }

    private static string? NextRun(IReadOnlyList<RunReceipt> runs, int run) =>
        runs.FirstOrDefault(receipt => receipt.Key.Run > run) is { } next ? Position(next.Key.Run, null) : null;

    private static string Position(int run, string? after) => string.Create(CultureInfo.InvariantCulture, $"{run}{Separator}{after}");

    private static (int Run, string? After) Parse(string? position)
    {
        if (position is null)
        {
            return (0, null);
        }

        var cut = position.IndexOf(Separator, StringComparison.Ordinal);
        var after = position[(cut + 1)..];
        return (int.Parse(position.AsSpan(0, cut), CultureInfo.InvariantCulture), after.Length == 0 ? null : after);
    }
}
