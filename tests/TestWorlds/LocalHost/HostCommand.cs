using System.Diagnostics;
using CertFunctions.LocalHost.Storage;

namespace CertFunctions.TestWorlds.LocalHost;

/// <summary>The host's command line, run as a process.</summary>
public static class HostCommand
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "CertFunctions.LocalHost.dll");

    /// <summary>Runs the host to its end, which has to come soon: for starts that fail.</summary>
    /// <param name="arguments">The command line.</param>
    /// <param name="cancellationToken">Gives up, as 30 s do.</param>
    /// <param name="path">Where it looks for programs in place of PATH.</param>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        IEnumerable<string> arguments, CancellationToken cancellationToken, string? path = null)
    {
        var startInfo = StartInfo(arguments);
        startInfo.Environment["PATH"] = path ?? startInfo.Environment["PATH"];
        using var process = Process.Start(startInfo)!;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        var output = process.StandardOutput.ReadToEndAsync(limit.Token);
        var errors = process.StandardError.ReadToEndAsync(limit.Token);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    internal static Process Start(string app, Azurite? storage, HostProcessOptions options, Action<string> onLine)
    {
        List<string> arguments = ["--port", "0", "--app", app];
        arguments.AddRange(storage is null
            ? ["--data", options.DataFolder ?? TestFolders.New("host")]
            : ["--storage", options.ByIdentity ? "identity" : storage.ConnectionString]);
        if (options.IsDemo)
            arguments.Add("--demo");
        var startInfo = StartInfo(arguments);
        foreach (var (name, value) in options.Settings)
            startInfo.Environment[name] = value;
        var process = new Process { StartInfo = startInfo };
        process.OutputDataReceived += (_, line) => onLine(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => onLine(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>The hook makes the host end with the test run, however that ends.</summary>
    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments) => new("dotnet", [Assembly, .. arguments])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["DOTNET_STARTUP_HOOKS"] = Assembly },
    };
}
