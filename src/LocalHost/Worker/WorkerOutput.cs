namespace CertFunctions.LocalHost.Worker;

/// <summary>What the worker prints: held back until it is ready, for when it never is, one line tells why.</summary>
internal sealed partial class WorkerOutput(ILogger logger)
{
    private const string Unhandled = "Unhandled exception.";

    private readonly Lock _lock = new();
    private readonly List<string> _held = [];
    private bool _passes;

    /// <summary>The line that tells best why a worker did not start.</summary>
    public string Complaint
    {
        get
        {
            lock (_lock)
            {
                var unhandled = _held.Find(line => line.StartsWith(Unhandled, StringComparison.Ordinal));
                return unhandled?[Unhandled.Length..].Trim() ?? _held.LastOrDefault() ?? "it said nothing";
            }
        }
    }

    public void Add(string line)
    {
        lock (_lock)
        {
            if (_passes)
                LogLine(line);
            else
                _held.Add(line);
        }
    }

    public void Pass()
    {
        lock (_lock)
        {
            _passes = true;
            _held.ForEach(LogLine);
            _held.Clear();
        }
    }

    [LoggerMessage(LogLevel.Information, "{Line}")]
    private partial void LogLine(string line);
}
