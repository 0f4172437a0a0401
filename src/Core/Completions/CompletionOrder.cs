using CertFunctions.Core.Awards;

namespace CertFunctions.Core.Completions;

/// <summary>The order that completions of one shard are used in: by user (ordinal), then the oldest first.</summary>
internal sealed class CompletionOrder : IComparer<KeptCompletion>
{
    public static readonly CompletionOrder Instance = new();

    private CompletionOrder()
    {
    }

    public int Compare(KeptCompletion? x, KeptCompletion? y) => Compare(x!.Completion, y!.Completion);

    private static int Compare(Completion x, Completion y) => string.CompareOrdinal(x.UserId.Value, y.UserId.Value) is not 0 and var byUser ? byUser
        : x.CompletedOn.CompareTo(y.CompletedOn) is not 0 and var byDay ? byDay
        : x.Activity.Type.CompareTo(y.Activity.Type) is not 0 and var byType ? byType
        : string.CompareOrdinal(x.Activity.Id.Value, y.Activity.Id.Value);
}
