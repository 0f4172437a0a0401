namespace CertFunctions.Core;

/// <summary>A resource as it stands after a write.</summary>
/// <param name="Created">False: it was there before, changed or not.</param>
public sealed record Saved<T>(T Value, bool Created);
