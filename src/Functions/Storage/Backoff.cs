namespace CertFunctions.Functions.Storage;

/// <summary>How long to wait before an attempt is made again: doubles from 50 ms up to 5 s, with jitter so that rivals part.</summary>
internal static class Backoff
{
    private const double FirstMilliseconds = 50;
    private const double MostMilliseconds = 5_000;

    /// <param name="attempt">0 after the first failure.</param>
    public static Task WaitAsync(int attempt, CancellationToken cancellationToken)
    {
        var most = Math.Min(FirstMilliseconds * Math.Pow(2, Math.Min(attempt, 16)), MostMilliseconds);
#pragma warning disable CA5394 // Jitter needs no secrecy.
        return Task.Delay(TimeSpan.FromMilliseconds(most * (0.5 + (Random.Shared.NextDouble() / 2))), cancellationToken);
#pragma warning restore CA5394
    }
}
