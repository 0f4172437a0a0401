namespace CertFunctions.Core;

/// <summary>Counts how often a write is tried that others overtake: none goes on without end.</summary>
public sealed class Attempts
{
    private int count;

    /// <summary>Writes what others may overtake.</summary>
    /// <param name="tryOnce">Reads, decides and writes; null: another writer came first, so what was decided may not be true any more.</param>
    /// <exception cref="TimeoutException">As below.</exception>
    public static async Task<T> UntilDoneAsync<T>(Func<Task<T?>> tryOnce)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(tryOnce);
        for (var attempts = new Attempts(); ;)
        {
            attempts.Next();
            if (await tryOnce() is { } done)
            {
                return done;
            }
        }
    }

    /// <summary>To be called at the beginning of each attempt.</summary>
    /// <exception cref="TimeoutException">It has been tried <see cref="Limits.WriteAttempts"/> times. Another day it may succeed.</exception>
    public void Next()
    {
        if (++count > Limits.WriteAttempts)
        {
            throw new TimeoutException($"Others have overtaken the write {Limits.WriteAttempts} times.");
        }
    }
}
