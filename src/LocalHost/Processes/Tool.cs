using System.ComponentModel;
using System.Diagnostics;

namespace CertFunctions.LocalHost.Processes;

/// <summary>A command-line tool that runs to its end, with its output kept for the case that it fails.</summary>
internal static class Tool
{
    /// <returns>Null when there is no such program.</returns>
    public static async Task<ToolResult?> RunAsync(
        string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        var startInfo = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        // Under 'dotnet run' and 'dotnet test' these name that build's own parts and would mislead another one.
        foreach (var name in startInfo.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            startInfo.Environment.Remove(name);
        try
        {
            await using var process = ChildProcess.Start(startInfo, line => { lock (lines) lines.Add(line); });
            await process.Exited.WaitAsync(cancellationToken);
            lock (lines)
                return new ToolResult(process.ExitCode, [.. lines]);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}

internal sealed record ToolResult(int ExitCode, IReadOnlyList<string> Lines);
