namespace CertFunctions.Core.Directory;

/// <summary>What callers do with external trainings.</summary>
public sealed class ExternalTrainingService(IExternalTrainingStore trainings, TimeProvider time)
{
    public async Task<Outcome<ExternalTraining>> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await trainings.FindAsync(id, cancellationToken) is { } training ? training : DirectoryRejections.ExternalTrainingNotFound(id);

    public Task<Page<ExternalTraining>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        trainings.ListAsync(page, cancellationToken);

    public Task<Outcome<Saved<ExternalTraining>>> PutAsync(
        LmsId id, string title, string? provider, Precondition precondition, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Outcome<Saved<ExternalTraining>>>(async () =>
        {
            var stored = await trainings.FindStoredAsync(id, cancellationToken);
            var former = stored?.Training;
            if (!precondition.Holds(former?.Version))
            {
                return Rejection.VersionConflict();
            }

            var changed = former is null || former.Title != title || former.Provider != provider;
            if (!changed && former!.IsTitled)
            {
                return new Saved<ExternalTraining>(former, Created: false, Changed: false);
            }

            var next = changed ? NewVersion(id, title, isTitled: true, provider, former) : former! with { IsTitled = true };
            if (await trainings.TryWriteAsync(next, stored, cancellationToken))
            {
                return new Saved<ExternalTraining>(next, Created: former is null, changed);
            }

            return null;
        });

    /// <summary>Creates it when it is not there; one that is there stays as it is, but for a title if it has none.</summary>
    /// <param name="title">Null: not told.</param>
    public Task<ExternalTraining> EnsureAsync(LmsId id, string? title, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<ExternalTraining>(async () =>
        {
            var stored = await trainings.FindStoredAsync(id, cancellationToken);
            if (stored is not null && (title is null || stored.Training.IsTitled))
            {
                return stored.Training;
            }

            // Somebody else may create it, or give it a title, first: then that one stays.
            var next = NewVersion(id, title ?? id.Value, isTitled: title is not null, stored?.Training.Provider, stored?.Training);
            if (await trainings.TryWriteAsync(next, stored, cancellationToken))
            {
                return next;
            }

            return null;
        });

    private ExternalTraining NewVersion(LmsId id, string title, bool isTitled, string? provider, ExternalTraining? former)
    {
        var now = time.GetUtcNow();
        return new ExternalTraining
        {
            Id = id,
            Title = title,
            IsTitled = isTitled,
            Provider = provider,
            CreatedAt = former?.CreatedAt ?? now,
            UpdatedAt = now,
            Version = (former?.Version ?? 0) + 1,
        };
    }
}
