namespace CertFunctions.Functions;

/// <summary>The app refuses to start; the message is one sentence for whoever configures it.</summary>
internal sealed class StartException(string message) : Exception(message);
