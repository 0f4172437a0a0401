namespace CertFunctions.Core.Directory;

/// <summary>What callers do with external trainings.</summary>
public sealed class ExternalTrainingService(IExternalTrainingStore trainings, TimeProvider time)
{
    public async Task<Outcome<ExternalTraining>> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await trainings.FindAsync(id, cancellationToken) is { } training ? training : DirectoryRejections.ExternalTrainingNotFound(id);

    public Task<Page<ExternalTraining>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        trainings.ListAsync(page, cancellationToken);

    public async Task<Outcome<Saved<ExternalTraining>>> PutAsync(
        LmsId id, string title, string? provider, Precondition precondition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = await trainings.FindStoredAsync(id, cancellationToken);
            var former = stored?.Training;
            if (!precondition.Holds(former?.Version))
            {
                return Rejection.VersionConflict();
            }

            if (former is not null && former.Title == title && former.Provider == provider)
            {
                return new Saved<ExternalTraining>(former, Created: false, Changed: false);
            }

            var now = time.GetUtcNow();
            var next = new ExternalTraining
            {
                Id = id,
                Title = title,
                Provider = provider,
                CreatedAt = former?.CreatedAt ?? now,
                UpdatedAt = now,
                Version = (former?.Version ?? 0) + 1,
            };
            if (await trainings.TryWriteAsync(next, stored, cancellationToken))
            {
                return new Saved<ExternalTraining>(next, Created: former is null, Changed: true);
            }
        }
    }

    /// <summary>Creates it when it is not there; one that is there stays as it is.</summary>
    public async Task<ExternalTraining> EnsureAsync(LmsId id, string title, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await trainings.FindAsync(id, cancellationToken) is { } training)
            {
                return training;
            }

            // Somebody else may create it first: then that one stays.
            await PutAsync(id, title, null, new Precondition(null, Exists: false), cancellationToken);
        }
    }
}
