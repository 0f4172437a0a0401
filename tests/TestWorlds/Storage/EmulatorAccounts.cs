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

    /// <summary>Any Base64 is a key. A short one, since a variable of the environment holds at most 128 KiB.</summary>
    private const string Key = "dGVzdA==";

    private const int Count = 3_000;
    private static int _taken;

    /// <summary>To be called before the emulator is started.</summary>
    public static void Announce(string sharedKey) => Environment.SetEnvironmentVariable(
        Variable, string.Join(';', Enumerable.Range(1, Count).Select(number => $"{NameOf(number)}:{Key}").Prepend($"{Shared}:{sharedKey}")));

    /// <returns>The connection string of an account that nobody else uses.</returns>
    public static string Take(string sharedConnectionString, string sharedKey)
    {
        var number = Interlocked.Increment(ref _taken);
        return number <= Count
            ? sharedConnectionString.Replace(Shared, NameOf(number), StringComparison.Ordinal).Replace(sharedKey, Key, StringComparison.Ordinal)
            : throw new InvalidOperationException($"A test process has {Count} accounts; raise the number.");
    }

    private static string NameOf(int number) => string.Create(CultureInfo.InvariantCulture, $"test{number:d4}");
}
