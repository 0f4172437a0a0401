using CertFunctions.Core;

namespace CertFunctions.Functions.Jobs;

internal static class JobNotFound
{
    public static Rejection Of(JobId id) => Rejection.NotFound("job_not_found", $"There is no job {id}.");
}
