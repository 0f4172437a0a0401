namespace CertFunctions.TestWorlds.LocalHost;

/// <summary>
/// Function apps as the build leaves them, which is all that a host needs: the same files as published, without
/// another build in every test run.
/// </summary>
public static class TestApp
{
    /// <summary>This repository's app.</summary>
    public static string Product { get; } = Built("src/Functions");

    /// <summary>A little app of functions that the tests of the host need.</summary>
    public static string ForHostTests { get; } = Built("tests/HostTestApp");

    private static string Built(string project)
    {
        var framework = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(TestFolders.Repository, project, "bin", framework.Parent!.Name, framework.Name);
    }
}
