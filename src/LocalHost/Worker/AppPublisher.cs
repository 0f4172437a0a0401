using CertFunctions.LocalHost.Processes;

namespace CertFunctions.LocalHost.Worker;

/// <summary>Publishes the function app's project, unless one that is published is given.</summary>
internal sealed class AppPublisher(HostOptions options, LocalFolders folders, Action<string> say)
{
    /// <exception cref="StartupException">The build failed, or there is nothing to run.</exception>
    public async Task<PublishedApp> PublishAsync(CancellationToken cancellationToken)
    {
        if (options.AppFolder is null && !options.NoBuild)
            await BuildAsync(cancellationToken);
        return PublishedApp.Read(folders.App);
    }

    private async Task BuildAsync(CancellationToken cancellationToken)
    {
        if (folders.Project is null)
            throw new StartupException("The function app's project was not found: give --app the folder of a published app.");
        say("Building the function app ...");
        await using var taken = await FileLock.TakeAsync(folders.App + ".lock", cancellationToken);
        var result = await Tool.RunAsync("dotnet", Arguments(), Path.GetDirectoryName(folders.Project)!, cancellationToken)
            ?? throw new StartupException("The command 'dotnet' was not found: install the .NET 10 SDK.");
        if (result.ExitCode != 0)
            throw new StartupException(string.Join(Environment.NewLine, [.. Errors(result), "The function app does not build: see above."]));
    }

    /// <summary>Leaves no build server behind: nothing that this host starts outlives it.</summary>
    private string[] Arguments() =>
    [
        "publish", folders.Project!, "--configuration", "Release", "--output", folders.App, "--nologo", "--verbosity", "quiet",
        "-nodeReuse:false", "-p:UseSharedCompilation=false",
    ];

    private static IEnumerable<string> Errors(ToolResult result)
    {
        var errors = result.Lines.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct().ToArray();
        return errors.Length > 0 ? errors.Take(20) : result.Lines.TakeLast(20);
    }
}
