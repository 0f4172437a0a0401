using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

/// <summary>
/// Runs inside the worker before its own code (DOTNET_STARTUP_HOOKS). Its standard input is a pipe that only the
/// host holds; when the host is gone, however it ended, the pipe closes and the worker ends too.
/// </summary>
[SuppressMessage("Design", "CA1050", Justification = "The runtime looks for this very name.")]
[SuppressMessage("Performance", "CA1812", Justification = "The runtime calls it.")]
internal static partial class StartupHook
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    public static void Initialize()
    {
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", null);
        // A terminal sends Ctrl+C to the whole group: the host decides when the worker ends.
        if (!OperatingSystem.IsWindows())
            _ = SetProcessGroup(0, 0);
        new Thread(EndWithHost) { IsBackground = true, Name = "End with host" }.Start();
    }

    private static void EndWithHost()
    {
        try
        {
            using var input = Console.OpenStandardInput();
            var buffer = new byte[64];
            while (input.Read(buffer) > 0)
            {
            }
        }
        catch (IOException)
        {
            // A broken pipe says the same as a closed one.
        }

        new Thread(KillLater) { IsBackground = true }.Start();
        Environment.Exit(0);
    }

    private static void KillLater()
    {
        Thread.Sleep(Grace);
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
    }

    [LibraryImport("libc", EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);
}
