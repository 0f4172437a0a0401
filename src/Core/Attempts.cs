namespace CertFunctions.Core;

/// <summary>Counts how often a write is tried that others overtake, or that takes too long to be safe: none goes on without end.</summary>
public sealed class Attempts
{
    private int count;

    /// <summary>To be called at the beginning of each attempt.</summary>
    /// <exception cref="TimeoutException">It has been tried <see cref="Limits.WriteAttempts"/> times. Another day it may succeed.</exception>
    public void Next()
    {
        if (++count > Limits.WriteAttempts)
        {
            throw new TimeoutException($"The write was overtaken or too slow {Limits.WriteAttempts} times.");
        }
    }
}
