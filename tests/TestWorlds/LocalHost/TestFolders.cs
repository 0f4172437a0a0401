namespace CertFunctions.TestWorlds.LocalHost;

/// <summary>Folders of a test run. What it leaves behind goes when the process ends.</summary>
public static class TestFolders
{
    private static readonly string Run = Directory.CreateTempSubdirectory("certfunctions-tests-").FullName;
    private static int _count;

    static TestFolders() => AppDomain.CurrentDomain.ProcessExit += (_, _) => DeleteRun();

    public static string Repository { get; } = FindRepository();

    /// <summary>A new empty folder.</summary>
    public static string New(string name) =>
        Directory.CreateDirectory(Path.Combine(Run, $"{name}-{Interlocked.Increment(ref _count)}")).FullName;

    private static string FindRepository()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (at is not null && !File.Exists(Path.Combine(at.FullName, "CertFunctions.sln")))
            at = at.Parent;
        return at?.FullName ?? throw new InvalidOperationException("The tests run outside a clone of the repository.");
    }

    private static void DeleteRun()
    {
        try
        {
            Directory.Delete(Run, recursive: true);
        }
        catch (IOException)
        {
            // An Azurite that is still ending holds a file: the system's own clean-up gets it.
        }
    }
}
