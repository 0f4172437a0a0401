using System.Text.RegularExpressions;

namespace CertFunctions.TestWorlds.LocalHost;

/// <summary>What a host prints, to look back at and to wait for.</summary>
internal sealed class HostLog
{
    private readonly Lock _lock = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _more = NewMore();

    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lock)
                return [.. _lines];
        }
    }

    public void Add(string line)
    {
        lock (_lock)
        {
            _lines.Add(line);
            _more.SetResult();
            _more = NewMore();
        }
    }

    public string? Last(Regex pattern) => Lines.LastOrDefault(pattern.IsMatch);

    /// <summary>Waits for the <paramref name="count"/>th line of that pattern.</summary>
    public async Task<string> UntilAsync(Regex pattern, int count, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ends.CancelAfter(limit);
        while (true)
        {
            Task more;
            lock (_lock)
                more = _more.Task;
            if (Lines.Where(line => pattern.IsMatch(line)).ElementAtOrDefault(count - 1) is { } found)
                return found;
            try
            {
                await more.WaitAsync(ends.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                throw new TimeoutException($"No line '{pattern}' in:{Environment.NewLine}{string.Join(Environment.NewLine, Lines)}");
            }
        }
    }

    private static TaskCompletionSource NewMore() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
