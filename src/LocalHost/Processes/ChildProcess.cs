using System.ComponentModel;
using System.Diagnostics;

namespace CertFunctions.LocalHost.Processes;

/// <summary>
/// A child that ends with us. It holds the reading end of a pipe as its standard input; whatever ends this
/// process closes the pipe, and the child takes that as its order to stop.
/// </summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process)
    {
        _process = process;
        Id = process.Id;
        Exited = process.WaitForExitAsync();
    }

    public int Id { get; }

    public Task Exited { get; }

    public int ExitCode => _process.ExitCode;

    /// <exception cref="Win32Exception">There is no such program.</exception>
    public static ChildProcess Start(ProcessStartInfo startInfo, Action<string> onLine)
    {
        startInfo.RedirectStandardInput = true;
        startInfo.RedirectStandardOutput = true;
        startInfo.RedirectStandardError = true;
        var process = new Process { StartInfo = startInfo };
        process.OutputDataReceived += (_, line) => Report(line.Data);
        process.ErrorDataReceived += (_, line) => Report(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ChildProcess(process);

        void Report(string? line)
        {
            if (!string.IsNullOrEmpty(line))
                onLine(line);
        }
    }

    public void CloseInput() => _process.StandardInput.Close();

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>Kills what has not ended by itself within <paramref name="grace"/>.</summary>
    public async Task EndAsync(TimeSpan grace)
    {
        if (await Task.WhenAny(Exited, Task.Delay(grace)) != Exited)
            Kill();
        await Exited;
    }

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
        _process.Dispose();
    }
}
