namespace CertFunctions.TestWorlds.Faults;

/// <summary>The process has died here. No code of the app knows this exception, so none of it goes on.</summary>
public sealed class CrashException(string message) : Exception(message);
