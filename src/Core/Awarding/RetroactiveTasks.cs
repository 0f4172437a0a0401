using System.Runtime.CompilerServices;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Completions;
using CertFunctions.Core.Jobs;

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
    /// Each user who has completed anything, in <see cref="ShardOrder"/>, with a task; with several, one behind the other, where there are
    /// more completions than <see cref="CompletionsPerTask"/>, and with none where all of them have been used.
    /// </summary>
    /// <param name="after">Only users behind this one; null: all.</param>
    /// <exception cref="InvalidOperationException">There is no such certification.</exception>
    public async IAsyncEnumerable<UserTasks> ReadAsync(
        CertificationCode code, LmsId? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var certification = (await certifications.FindAsync(code, cancellationToken))?.Certification
            ?? throw new InvalidOperationException($"There is no certification {code}.");
        var (first, behind) = after is null ? (0, null) : (Shard.Of(after).Number, after);
        foreach (var shard in Shard.All.Skip(first))
        {
            LmsId? user = null;
            var unused = new List<Completion>();
            await foreach (var (completion, used) in ReadAsync(certification, shard, shard.Number == first ? behind : null, cancellationToken))
            {
                if (user is not null && user != completion.UserId)
                {
                    yield return TasksOf(certification, user, unused);
                    unused.Clear();
                }

                user = completion.UserId;
                unused.AddRange(used ? [] : [completion]);
            }

            if (user is not null)
            {
                yield return TasksOf(certification, user, unused);
            }
        }
    }

    private IAsyncEnumerable<KeptCompletion> ReadAsync(
        Certification certification, Shard shard, LmsId? after, CancellationToken cancellationToken)
    {
        var activities = certification.Activities.Distinct().ToList();
        var pageSize = Math.Clamp(CompletionsHeld / Math.Max(activities.Count, 1), 1, MaxPageSize);
        return Merge.SortedAsync(
            activities.Select(activity => completions.ReadAsync(activity, certification.Code, shard, after, pageSize, cancellationToken)),
            CompletionOrder.Instance,
            cancellationToken);
    }

    private static UserTasks TasksOf(Certification certification, LmsId userId, IEnumerable<Completion> unused) =>
        new(userId, [.. unused.Chunk(CompletionsPerTask).Select(some => new CompletionTask(certification.Code, some) { UserId = userId })]);
}
