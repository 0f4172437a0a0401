using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>What an award is for.</summary>
/// <param name="ActivityType">With <see cref="AssociationType.Completion"/>: what was completed, a course or a learning plan, where known.</param>
/// <param name="ActivityId">Always given with <see cref="AssociationType.ExternalTraining"/>.</param>
/// <param name="ActivityTitle">As it was when the award was made; null where unknown.</param>
public sealed record Association(
    AssociationType Type,
    ActivityType? ActivityType = null,
    LmsId? ActivityId = null,
    string? ActivityTitle = null)
{
    public static readonly Association Manual = new(AssociationType.Manual);
}

public enum AssociationType
{
    Manual,
    Completion,
    ExternalTraining,
}
