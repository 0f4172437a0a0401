namespace CertFunctions.Core.Jobs;

/// <summary>Finds out whether a plan still holds.</summary>
public interface IPlanCheck
{
    /// <summary>Looks, for a while, at what the plan of a job rests on.</summary>
    /// <returns>
    /// The job as it is stored afterwards: with the runs of its plan when all of it holds, failed with <c>plan_outdated</c> when not, else to go on in
    /// another step. Null: somebody else is at it.
    /// </returns>
    Task<StoredJob?> ResolveAsync(StoredJob stored, CancellationToken cancellationToken);
}
