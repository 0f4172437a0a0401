using System.Diagnostics;

namespace CertFunctions.Functions.Tests.Operations;

/// <summary>The operator's program, run as a process.</summary>
internal static class OperationsProcess
{
    private static readonly string Assembly = Path.Combine(AppContext.BaseDirectory, "CertFunctions.Operations.dll");

    public static Process Start(IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [Assembly, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
