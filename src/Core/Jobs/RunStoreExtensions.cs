using System.Runtime.CompilerServices;

namespace CertFunctions.Core.Jobs;

internal static class RunStoreExtensions
{
    private const int ResultsPerPage = 1_000;

    /// <summary>All results of a run in the order of its tasks, read page by page as they are asked for.</summary>
    public static async IAsyncEnumerable<IReadOnlyList<JobResult>> ReadResultsAsync(
        this IRunStore runs, RunKey run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (PageRequest? page = new(ResultsPerPage, null); page is not null;)
        {
            var results = await runs.ListResultsAsync(run, null, page, cancellationToken);
            yield return results.Items;
            page = results.Next is null ? null : page with { After = results.Next };
        }
    }
}
