namespace CertFunctions.Core.Directory;

/// <summary>What is known of a user that does not exist here.</summary>
/// <param name="At">When the LMS deleted it; null: nothing is known.</param>
/// <param name="Revision">Names this state: a user is created under it, so that no deletion is missed.</param>
public sealed record UserDeletion(DateTimeOffset? At, string Revision);
