using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost.Worker;

/// <summary>Publishes a function app's project.</summary>
public static class FunctionAppBuild
{
    /// <param name="project">The project file.</param>
    /// <param name="folder">Where to; builds into it from several processes come one after the other.</param>
    /// <param name="cancellationToken">Gives up the build.</param>
    /// <exception cref="StartupException">It does not build; the message holds the compiler's errors.</exception>
    public static async Task PublishAsync(string project, string folder, CancellationToken cancellationToken)
    {
        var projectFolder = Path.GetDirectoryName(Path.GetFullPath(project))!;
        await using var taken = await FileLock.TakeAsync(Path.Combine(projectFolder, "obj", "publish.lock"), cancellationToken);
        var result = await Tool.RunAsync("dotnet", Arguments(project, folder), projectFolder, cancellationToken)
            ?? throw new StartupException("The command 'dotnet' was not found: install the .NET 10 SDK.");
        if (result.ExitCode != 0)
            throw new StartupException(string.Join(Environment.NewLine, [.. Errors(result), "The function app does not build: see above."]));
    }

    /// <summary>Leaves no build server behind: nothing that this host starts outlives it.</summary>
    private static string[] Arguments(string project, string folder) =>
    [
        "publish", project, "--configuration", "Release", "--output", folder, "--nologo", "--verbosity", "quiet",
        "-nodeReuse:false", "-p:UseSharedCompilation=false",
    ];

    private static IEnumerable<string> Errors(ToolResult result)
    {
        var errors = result.Lines.Where(line => line.Contains(": error ", StringComparison.Ordinal)).Distinct().ToArray();
        return errors.Length > 0 ? errors.Take(20) : result.Lines.TakeLast(20);
    }
}
