namespace CertFunctions.Operations.Checking;

/// <summary>A message of a queue.</summary>
/// <param name="Deliveries">How often it was delivered before.</param>
public sealed record QueuedMessage(string Queue, string Text, int Deliveries = 0);
