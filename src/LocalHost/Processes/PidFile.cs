using System.Diagnostics;
using System.Globalization;

namespace CertFunctions.LocalHost.Processes;

/// <summary>Remembers who works in a folder: after a host was killed its child may still be writing there.</summary>
internal sealed class PidFile(string path, string processName)
{
    public void Write(int process) => File.WriteAllText(path, process.ToString(CultureInfo.InvariantCulture));

    public async Task UntilEndedAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        if (!File.Exists(path) || !int.TryParse(await File.ReadAllTextAsync(path, cancellationToken), out var id))
            return;
        try
        {
            using var former = Process.GetProcessById(id);
            if (former.ProcessName == processName)
                await former.WaitForExitAsync(cancellationToken).WaitAsync(limit, cancellationToken);
        }
        catch (ArgumentException)
        {
            // It has ended.
        }
        catch (TimeoutException)
        {
            throw new StartupException($"Process {id} still works in {Path.GetDirectoryName(path)}: end it, or take another folder.");
        }
    }
}
