namespace CertFunctions.LocalHost;

/// <summary>Where things lie on this machine.</summary>
/// <param name="Project">The function app's project; null outside a clone of the repository.</param>
/// <param name="App">The published app.</param>
/// <param name="Data">The storage emulator's data.</param>
internal sealed record LocalFolders(string? Project, string App, string Data)
{
    /// <summary>Files that are copied here are dropped into the emulator.</summary>
    public string Drop => Path.Combine(Data, "drop");

    private const string ProjectFile = "src/Functions/Functions.csproj";

    public static LocalFolders Find(HostOptions options)
    {
        var root = Root(AppContext.BaseDirectory) ?? Root(Environment.CurrentDirectory);
        var local = Path.Combine(root ?? Environment.CurrentDirectory, ".local");
        return new LocalFolders(
            root is null ? null : Path.Combine(root, ProjectFile),
            Path.GetFullPath(options.AppFolder ?? Path.Combine(local, "app")),
            Path.GetFullPath(options.DataFolder ?? Path.Combine(local, "data")));
    }

    private static string? Root(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, ProjectFile)))
                return at.FullName;
        }

        return null;
    }
}
