using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>That a user completed an activity on a day. Two messages that say the same are one completion.</summary>
/// <param name="ActivityTitle">As the message had it; null where it had none.</param>
/// <param name="CompletedOn">The organisation's calendar date.</param>
public sealed record Completion(LmsId UserId, Activity Activity, string? ActivityTitle, DateOnly CompletedOn);
