namespace CertFunctions.Core;

/// <summary>A resource as it stands after a write.</summary>
/// <param name="Created">False: it was there before, changed or not.</param>
/// <param name="Changed">False: it was so before, or what was to be written is older than what is there.</param>
public sealed record Saved<T>(T Value, bool Created, bool Changed);
