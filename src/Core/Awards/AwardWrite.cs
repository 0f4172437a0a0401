using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Awards;

/// <summary>What was decided for one user, and on what grounds.</summary>
/// <param name="Name">How the lists are to show the user; null only where nothing is written.</param>
/// <param name="Before">The award that the decision was made on: it is written only if that is still the latest.</param>
public sealed record AwardWrite(LmsId UserId, PersonName? Name, StoredAward? Before, Decision Decision)
{
    /// <summary>What the job reports of it once it is stored.</summary>
    public JobResult Result =>
        new(UserId, Name?.Username, Decision.Outcome, Decision.Code, Decision.Detail, Decision.After?.Version);
}
