using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CertFunctions.TestWorlds.LocalHost;

public static partial class Signals
{
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;

    public static void Terminate(Process process)
    {
        if (OperatingSystem.IsWindows())
            process.Kill(entireProcessTree: true);
        else
            _ = Kill(process.Id, SigTerm);
    }

    /// <summary>Until <see cref="Resume"/>: it keeps its sockets, takes connections, and answers nothing.</summary>
    public static void Pause(int process) => _ = Kill(process, SigStop);

    public static void Resume(int process) => _ = Kill(process, SigCont);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
