namespace CertFunctions.Functions.Storage.Awards;

/// <summary>
/// How often one change was sent in vain. The two reasons are counted apart: trouble says that the storage does not work, being
/// overtaken says that it works for others.
/// </summary>
internal sealed class SubmitTries
{
    /// <summary>About 35 s on top of the SDK's own retries; then the message goes back to the queue.</summary>
    public const int MaxTroubles = 16;

    /// <summary>About 35 s as well. Of 128 who write awards of one certification in one shard at once, none was overtaken more than 12 times.</summary>
    public const int MaxOvertaken = 64;

    /// <summary>Waits of up to 0.8 s: longer ones make rivals no rarer, only slower.</summary>
    private const int MostDoublings = 4;

    private int troubles;
    private int overtaken;

    /// <returns>The number of the <see cref="Backoff"/> before the next try.</returns>
    /// <exception cref="IOException">It was the last.</exception>
    public int AfterTrouble(Exception cause) =>
        ++troubles < MaxTroubles ? troubles - 1 : throw new IOException("The storage has not answered for long.", cause);

    /// <returns>The number of the <see cref="Backoff"/> before the next try.</returns>
    /// <exception cref="TimeoutException">It was the last.</exception>
    public int AfterOvertaken() =>
        ++overtaken < MaxOvertaken
            ? Math.Min(overtaken - 1, MostDoublings)
            : throw new TimeoutException($"Others have overtaken the change {MaxOvertaken} times.");
}
