namespace CertFunctions.Core.Awarding;

/// <summary>Keeps whom a job of many users is for, as it was asked for.</summary>
public interface ISelectionStore
{
    Task SaveAsync(JobId id, AwardSelection selection, CancellationToken cancellationToken);

    Task<AwardSelection> ReadAsync(JobId id, CancellationToken cancellationToken);
}
