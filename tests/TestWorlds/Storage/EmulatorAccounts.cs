using System.Globalization;

namespace CertFunctions.TestWorlds.Storage;

/// <summary>
/// The emulator keeps accounts apart as the cloud does. A test that counts everything there is takes one of its own: cheaper by far than
/// an emulator of its own.
/// </summary>
internal static class EmulatorAccounts
{
    /// <summary>What the emulator takes its accounts from; it has to be told of all of them before it starts.</summary>
    private const string Variable = "AZURITE_ACCOUNTS";

    private const string Shared = "devstoreaccount1";
    private const int Count = 900;
    private static int _taken;

    /// <summary>To be called before the emulator is started.</summary>
    public static void Announce(string key) => Environment.SetEnvironmentVariable(
        Variable, string.Join(';', Enumerable.Range(1, Count).Select(NameOf).Prepend(Shared).Select(name => $"{name}:{key}")));

    /// <returns>The connection string of an account that nobody else uses.</returns>
    public static string Take(string sharedConnectionString)
    {
        var number = Interlocked.Increment(ref _taken);
        return number <= Count
            ? sharedConnectionString.Replace(Shared, NameOf(number), StringComparison.Ordinal)
            : throw new InvalidOperationException($"A test process has {Count} accounts; raise the number.");
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"test{number:d4}");
}
