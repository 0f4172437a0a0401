namespace CertFunctions.Operations;

/// <summary>Why something cannot be done, in words for whoever asked for it.</summary>
internal sealed class OperationException(string message) : Exception(message);
