using System.Runtime.InteropServices;

namespace CertFunctions.Benchmarks;

internal static class Machine
{
    public static string Describe() =>
        $"{Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, "
        + $"{RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, Azurite on disk, "
        + "client and emulator share the processors";
}
