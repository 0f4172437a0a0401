using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CertFunctions.LocalHost.Processes;

/// <summary><c>dotnet run</c> passes signals on, but a killed one leaves the host behind: so the host looks for it.</summary>
internal static partial class DotnetRun
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <returns>Null when the host was started in another way, a shell say, which it may outlive.</returns>
    public static IDisposable? WatchParent(Action onGone)
    {
        if (OperatingSystem.IsWindows())
            return null;
        var parent = ParentId();
        return IsDotnet(parent) ? new Timer(_ => Look(), state: null, Interval, Interval) : null;

        void Look()
        {
            if (ParentId() != parent)
                onGone();
        }
    }

    private static bool IsDotnet(int process)
    {
        try
        {
            using var found = Process.GetProcessById(process);
            return found.ProcessName == "dotnet";
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int ParentId();
}
