using System.Diagnostics;
using System.Security.Cryptography;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests;

/// <summary>Tools from npm, pinned by a lock file in a folder of these tests.</summary>
internal static class NodePackages
{
    /// <summary>Once for each lock file.</summary>
    /// <param name="source">The folder's name.</param>
    /// <returns>Where they are.</returns>
    public static async Task<string> InstallAsync(string source)
    {
        var from = Path.Combine(TestFolders.Repository, "tests/EndToEnd.Tests", source);
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(from, "package-lock.json"));
        var folder = Path.Combine(Path.GetTempPath(), $"certfunctions-{source.ToLowerInvariant()}-{Convert.ToHexStringLower(SHA256.HashData(lockFile))[..16]}");
        if (Directory.Exists(folder))
        {
            return folder;
        }

        var unfinished = Directory.CreateTempSubdirectory("certfunctions-npm-").FullName;
        foreach (var file in new[] { "package.json", "package-lock.json" })
        {
            File.Copy(Path.Combine(from, file), Path.Combine(unfinished, file));
        }

        var (exitCode, _, errors) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], unfinished);
        Assert.True(exitCode == 0, errors);
        Directory.Move(unfinished, folder);
        return folder;
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["REDOCLY_TELEMETRY"] = "off";
        start.Environment["REDOCLY_SUPPRESS_UPDATE_NOTICE"] = "true";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }
}
