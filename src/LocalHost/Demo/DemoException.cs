namespace CertFunctions.LocalHost.Demo;

/// <summary>Why the demo organisation could not be filled in.</summary>
internal sealed class DemoException(string message) : Exception(message);
