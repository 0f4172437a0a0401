namespace CertFunctions.Core.Jobs;

/// <summary>A job is in its first turn until somebody resumes or retries it: each begins another.</summary>
/// <param name="Number">Counts from 0.</param>
/// <param name="RetriedIn">The turn in which it was last retried: what runs had done before then counts as done, but for what failed. 0: never.</param>
public sealed record JobTurn(int Number, int RetriedIn)
{
    public static readonly JobTurn First = new(0, 0);

    public bool IsRetry => RetriedIn > 0;

    public JobTurn Next => this with { Number = Number + 1 };

    public JobTurn NextAsRetry => new(Number + 1, Number + 1);
}
