using System.Diagnostics;

namespace CertFunctions.EndToEnd.Tests.Docs;

/// <summary>A terminal of a reader: runs what a page prints, in a folder of its own, against a host that listens elsewhere than the page says.</summary>
internal sealed class Shell(string folder, Uri host, IReadOnlyDictionary<string, string> variables)
{
    private const string PrintedAddress = "127.0.0.1:7071";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Whoever reads sees that a call was refused; a shell does not, unless curl says so.</summary>
    private const string Strict = "set -euo pipefail\ncurl() { command curl --fail-with-body \"$@\"; }\n";

    /// <exception cref="InvalidOperationException">A command failed, or a call was refused.</exception>
    public async Task<string> RunAsync(IEnumerable<string> commands)
    {
        var script = (Strict + string.Concat(commands)).Replace(PrintedAddress, host.Authority, StringComparison.Ordinal);
        var start = new ProcessStartInfo("bash") { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var limit = new CancellationTokenSource(Limit);
        using var bash = Process.Start(start)!;
        var (output, errors) = (bash.StandardOutput.ReadToEndAsync(limit.Token), bash.StandardError.ReadToEndAsync(limit.Token));
        await bash.StandardInput.WriteAsync(script.AsMemory(), limit.Token);
        bash.StandardInput.Close();
        try
        {
            await bash.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            bash.Kill(entireProcessTree: true);
            throw;
        }

        return bash.ExitCode == 0
            ? await output
            : throw new InvalidOperationException($"Exit code {bash.ExitCode}:{Environment.NewLine}{await output}{Environment.NewLine}{await errors}");
    }
}
