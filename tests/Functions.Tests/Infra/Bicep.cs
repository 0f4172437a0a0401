using System.Diagnostics;
using System.Reflection;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.Functions.Tests.Infra;

/// <summary>The compiler of Bicep, as NuGet brings it.</summary>
internal static class Bicep
{
    private static readonly string Program = typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(one => one.Key == "Bicep").Value!;

    public static string Folder { get; } = Path.Combine(TestFolders.Repository, "infra");

    /// <returns>What it wrote, and what it complained of.</returns>
    public static async Task<(string Output, string Complaints)> RunAsync(params string[] arguments)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Program, File.GetUnixFileMode(Program) | UnixFileMode.UserExecute);
        }

        var start = new ProcessStartInfo(Program, arguments) { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, complaints) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (await output, await complaints);
    }
}
