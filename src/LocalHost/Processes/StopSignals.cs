using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CertFunctions.LocalHost.Processes;

/// <summary>Ctrl+C, SIGTERM, a closed terminal and the end of the 'dotnet run' above ask to stop; asked again later, the process ends at once.</summary>
internal sealed class StopSignals : IDisposable
{
    /// <summary>A signal to a whole process group, passed on besides by a parent, comes twice but asks once.</summary>
    private static readonly TimeSpan OneRequest = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration[] _registrations;
    private readonly IDisposable? _parent;
    private long _asked;

    public StopSignals()
    {
        _registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal),
            PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal),
        ];
        _parent = DotnetRun.WatchParent(_stop.Cancel);
    }

    public CancellationToken Stop => _stop.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();
        _parent?.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext signal)
    {
        if (_stop.IsCancellationRequested && Stopwatch.GetElapsedTime(_asked) > OneRequest)
            return;
        signal.Cancel = true;
        if (!_stop.IsCancellationRequested)
            _asked = Stopwatch.GetTimestamp();
        _stop.Cancel();
    }
}
