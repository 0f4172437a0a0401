using CertFunctions.Core;

namespace CertFunctions.Functions.Jobs;

internal static class JobNotFound
{
    public static Rejection Of(JobId id) => Rejection.NotFound(ErrorCode.JobNotFound, $"There is no job {id}.");
}
