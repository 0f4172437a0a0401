using System.Runtime.CompilerServices;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;

namespace CertFunctions.Core.Awarding;

/// <summary>Finds who has completed what a certification lists without being awarded it for that, streaming.</summary>
public sealed class RetroactiveTasks(ICertificationStore certifications, ICompletionStore completions)
{
    /// <summary>As many marks fit a transaction beside the award (at most 8 operations with the run's own).</summary>
    public const int CompletionsPerTask = 80;

    /// <summary>How many completions may be held at once over all activities.</summary>
    private const int CompletionsHeld = 20_000;

    private const int MaxPageSize = 1_000;

    /// <summary>
    /// A task a user, in <see cref="ShardOrder"/>; several, one behind the other, for a user with more completions than
    /// <see cref="CompletionsPerTask"/>.
    /// </summary>
    /// <param name="after">Only of users behind this one; null: of all.</param>
    /// <exception cref="InvalidOperationException">There is no such certification.</exception>
    public async IAsyncEnumerable<CompletionTask> ReadAsync(
        CertificationCode code, LmsId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var certification = (await certifications.FindAsync(code, cancellationToken))?.Certification
            ?? throw new InvalidOperationException($"There is no certification {code}.");
        var (first, behind) = after is null ? (0, null) : (Shard.Of(after).Number, after);
        foreach (var shard in Shard.All.Skip(first))
        {
            var pending = new List<Completion>();
            await foreach (var completion in ReadAsync(certification, shard, shard.Number == first ? behind : null, cancellationToken))
            {
                if (pending.Count == CompletionsPerTask || (pending.Count > 0 && pending[0].UserId != completion.UserId))
                {
                    yield return TaskOf(certification, pending);
                    pending.Clear();
                }

                pending.Add(completion);
            }

            if (pending.Count > 0)
            {
                yield return TaskOf(certification, pending);
            }
        }
    }

    private IAsyncEnumerable<Completion> ReadAsync(
        Certification certification, Shard shard, LmsId? after, CancellationToken cancellationToken)
    {
        var activities = certification.Activities.Distinct().ToList();
        var pageSize = Math.Clamp(CompletionsHeld / Math.Max(activities.Count, 1), 1, MaxPageSize);
        return Merge.SortedAsync(
            activities.Select(activity => completions.ReadUnusedAsync(activity, certification.Code, shard, after, pageSize, cancellationToken)),
            CompletionOrder.Instance,
            cancellationToken);
    }

    private static CompletionTask TaskOf(Certification certification, IEnumerable<Completion> completions)
    {
        List<Completion> ofUser = [.. completions];
        return new CompletionTask(certification.Code, ofUser) { UserId = ofUser[0].UserId };
    }
}
