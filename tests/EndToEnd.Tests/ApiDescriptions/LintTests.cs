using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.Json;
using CertFunctions.TestWorlds.LocalHost;

namespace CertFunctions.EndToEnd.Tests.ApiDescriptions;

public sealed class LintTests
{
    [Fact]
    public async Task The_linter_of_Redocly_finds_nothing_to_say()
    {
        var folder = await InstallAsync();

        var document = Path.Combine(TestFolders.Repository, "src/Functions/Docs/openapi.json");
        var (_, output, errors) = await RunAsync("node", ["node_modules/@redocly/cli/bin/cli.js", "lint", "--format=json", document], folder);

        Assert.True(output.StartsWith('{'), output + errors);
        var totals = JsonElement.Parse(output).GetProperty("totals");
        Assert.True(totals.GetProperty("errors").GetInt32() + totals.GetProperty("warnings").GetInt32() == 0, output);
    }

    /// <summary>Once for each lock file.</summary>
    private static async Task<string> InstallAsync()
    {
        var source = Path.Combine(TestFolders.Repository, "tests/EndToEnd.Tests/ApiDescriptions");
        var lockFile = await File.ReadAllBytesAsync(Path.Combine(source, "package-lock.json"));
        var folder = Path.Combine(Path.GetTempPath(), $"certfunctions-lint-{Convert.ToHexStringLower(SHA256.HashData(lockFile))[..16]}");
        if (Directory.Exists(folder))
        {
            return folder;
        }

        var unfinished = Directory.CreateTempSubdirectory("certfunctions-lint-").FullName;
        foreach (var file in new[] { "package.json", "package-lock.json" })
        {
            File.Copy(Path.Combine(source, file), Path.Combine(unfinished, file));
        }

        var (exitCode, _, errors) = await RunAsync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], unfinished);
        Assert.True(exitCode == 0, errors);
        Directory.Move(unfinished, folder);
        return folder;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, IEnumerable<string> arguments, string folder)
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
