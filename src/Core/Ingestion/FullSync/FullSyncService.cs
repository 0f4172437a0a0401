using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.FullSync;

/// <summary>Begins the job that deactivates whom a file does not name, when the file is imported.</summary>
public sealed class FullSyncService(JobService service, OrganisationClock clock)
{
    /// <summary>Safe to repeat: the import has the id of that job since it has been opened.</summary>
    /// <param name="import">Whose rows are all carried out and reported on.</param>
    public async Task FollowAsync(Job import, CancellationToken cancellationToken)
    {
        var file = ((ImportWork)import.Work).File;
        if (file.FollowedBy is not { } id)
        {
            return;
        }

        var work = new DeactivateMissingWork(file, import.Id, file.Options.TakenAt ?? import.CreatedAt);
        var (stored, _) = await service.AddAsync(Job.Queued(id, work, import.RequestedBy, clock.Now), cancellationToken);
        await service.StartAsync(stored.Job, cancellationToken);
    }
}
