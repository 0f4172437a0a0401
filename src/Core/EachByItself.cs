namespace CertFunctions.Core;

/// <summary>Looks after many things, each by itself: one that fails does not keep the others from their turn.</summary>
public sealed class EachByItself
{
    private readonly List<Exception> troubles = [];

    /// <param name="what">Names the thing where its trouble is told.</param>
    /// <returns>What looking after it gave; the default where it failed.</returns>
    public async Task<T?> TryAsync<T>(string what, Func<Task<T>> lookAfter, CancellationToken cancellationToken)
    {
        try
        {
            return await lookAfter();
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            troubles.Add(new InvalidOperationException($"{what}: {e.Message}", e));
            return default;
        }
    }

    /// <summary>To be called when all have had their turn, so that a log tells the trouble and the timer counts as failed.</summary>
    /// <exception cref="AggregateException">Some failed.</exception>
    public void ThrowIfAnyFailed()
    {
        if (troubles.Count > 0)
        {
            throw new AggregateException($"{troubles.Count} failed; the others have been looked after.", troubles);
        }
    }
}
