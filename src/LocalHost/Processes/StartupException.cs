namespace CertFunctions.LocalHost.Processes;

/// <summary>Why the host cannot start, in one line that tells the reader what to do about it.</summary>
public sealed class StartupException(string message) : Exception(message);
