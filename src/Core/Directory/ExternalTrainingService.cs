using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Directory;

/// <summary>What callers do with external trainings.</summary>
public sealed class ExternalTrainingService(IExternalTrainingStore trainings, TimeProvider time)
{
    public async Task<Outcome<ExternalTraining>> FindAsync(LmsId id, CancellationToken cancellationToken) =>
        await trainings.FindAsync(id, cancellationToken) is { } training ? training : DirectoryRejections.ExternalTrainingNotFound(id);

    public Task<Page<ExternalTraining>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        trainings.ListAsync(page, cancellationToken);

    public Task<Outcome<Change<ExternalTraining>>> PutAsync(
        LmsId id, string title, string? provider, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Outcome<Change<ExternalTraining>>>(async () =>
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
                return Change.None(former);
            }

            var next = changed ? NewVersion(id, title, isTitled: true, provider, former) : former! with { IsTitled = true };
            if (await trainings.TryWriteAsync(next, stored, changed ? EntryOf(former, next, by) : null, cancellationToken))
            {
                return changed ? new Change<ExternalTraining>(former, next) : Change.None(next);
            }

            return null;
        });

    /// <summary>Creates it when it is not there; one that is there stays as it is, but for a title if it has none.</summary>
    /// <param name="title">Null: not told.</param>
    public Task<Change<ExternalTraining>> EnsureAsync(LmsId id, string? title, Actor by, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Change<ExternalTraining>>(async () =>
        {
            var stored = await trainings.FindStoredAsync(id, cancellationToken);
            if (stored is not null && (title is null || stored.Training.IsTitled))
            {
                return Change.None(stored.Training);
            }

            // Somebody else may create it, or give it a title, first: then that one stays.
            var next = NewVersion(id, title ?? id.Value, isTitled: title is not null, stored?.Training.Provider, stored?.Training);
            if (await trainings.TryWriteAsync(next, stored, EntryOf(stored?.Training, next, by), cancellationToken))
            {
                return new Change<ExternalTraining>(stored?.Training, next);
            }

            return null;
        });

    private static AuditEntry? EntryOf(ExternalTraining? before, ExternalTraining after, Actor by) => AuditEntry.Of(
        by, after.UpdatedAt, before is null ? "externalTraining.created" : "externalTraining.edited", $"external-trainings/{after.Id}", before, after);

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
