using CertFunctions.Core.Audit;

namespace CertFunctions.Core.Certifications;

/// <summary>What callers do with certifications.</summary>
public sealed class CertificationService(
    ICertificationStore certifications, IAwardCounts counts, CertificationCatalog catalog, TimeProvider time)
{
    public async Task<Outcome<AwardedCertification>> FindAsync(CertificationCode code, CancellationToken cancellationToken) =>
        await certifications.FindAsync(code, cancellationToken) is { } stored
            ? await CountedAsync(stored.Certification, cancellationToken)
            : CertificationRejections.NotFound(code);

    /// <param name="search">The beginning of a code, or of a word of a title, whatever the case; null: all.</param>
    /// <param name="status">Null: all.</param>
    public async Task<Page<AwardedCertification>> ListAsync(
        string? search, CertificationStatus? status, PageRequest page, CancellationToken cancellationToken)
    {
        var found = await certifications.ListAsync(search, status, page, cancellationToken);
        if (found.Items.Count == 0)
        {
            return new Page<AwardedCertification>([], found.Next);
        }

        var holders = await counts.CountHoldersAsync([.. found.Items.Select(c => c.Code)], cancellationToken);
        return new Page<AwardedCertification>([.. found.Items.Select(c => new AwardedCertification(c, holders[c.Code]))], found.Next);
    }

    /// <summary>Creates it, or replaces all of it but its status and the spelling of its code.</summary>
    /// <param name="edit">From the defaults to what is wanted; called again when another writer came first.</param>
    public Task<Outcome<Change<AwardedCertification>>> PutAsync(
        CertificationCode code, Func<Certification, Certification> edit, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Outcome<Change<AwardedCertification>>>(async () =>
        {
            var stored = await certifications.FindAsync(code, cancellationToken);
            var former = stored?.Certification;
            if (!precondition.Holds(former?.Version))
            {
                return Rejection.VersionConflict();
            }

            var next = edit(Defaults(code, former)) with { Status = former?.Status ?? CertificationStatus.Active };
            if (await TryWriteAsync(next, stored, by, cancellationToken) is { } written)
            {
                return await ChangeAsync(former, written, cancellationToken);
            }

            return null;
        });

    /// <param name="edit">From what is there to what is wanted; called again when another writer came first.</param>
    public Task<Outcome<Change<AwardedCertification>>> EditAsync(
        CertificationCode code, Func<Certification, Certification> edit, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        Attempts.UntilDoneAsync<Outcome<Change<AwardedCertification>>>(async () =>
        {
            if (await certifications.FindAsync(code, cancellationToken) is not { } stored)
            {
                return CertificationRejections.NotFound(code);
            }

            if (!precondition.Holds(stored.Certification.Version))
            {
                return Rejection.VersionConflict();
            }

            if (await TryWriteAsync(edit(stored.Certification), stored, by, cancellationToken) is { } written)
            {
                return await ChangeAsync(stored.Certification, written, cancellationToken);
            }

            return null;
        });

    /// <summary>Nothing is lost: editing the status brings it back.</summary>
    public Task<Outcome<Change<AwardedCertification>>> ArchiveAsync(
        CertificationCode code, Precondition precondition, Actor by, CancellationToken cancellationToken) =>
        EditAsync(code, former => former with { Status = CertificationStatus.Archived }, precondition, by, cancellationToken);

    private static Certification Defaults(CertificationCode code, Certification? former) => new()
    {
        Code = former?.Code ?? code,
        Title = "",
        CreatedAt = former?.CreatedAt ?? default,
        UpdatedAt = former?.UpdatedAt ?? default,
        Version = former?.Version ?? 0,
    };

    /// <returns>What stands there now; null when another writer came first.</returns>
    private async Task<Certification?> TryWriteAsync(Certification next, StoredCertification? former, Actor by, CancellationToken cancellationToken)
    {
        if (former is not null && next.SaysTheSameAs(former.Certification))
        {
            return former.Certification;
        }

        var now = time.GetUtcNow();
        var written = next with { CreatedAt = former?.Certification.CreatedAt ?? now, UpdatedAt = now, Version = next.Version + 1 };
        var entry = EntryOf(former?.Certification, written, by);
        var done = former is null
            ? await certifications.TryAddAsync(written, entry, cancellationToken)
            : await certifications.TryReplaceAsync(written, former.Revision, entry, cancellationToken);
        catalog.Forget(written.Code);
        return done ? written : null;
    }

    private static AuditEntry? EntryOf(Certification? before, Certification after, Actor by)
    {
        var action = (before?.Status, after.Status) switch
        {
            (null, _) => "created",
            (CertificationStatus.Active, CertificationStatus.Archived) => "archived",
            (CertificationStatus.Archived, CertificationStatus.Active) => "unarchived",
            _ => "edited",
        };
        return AuditEntry.Of(by, after.UpdatedAt, $"certification.{action}", $"certifications/{after.Code}", before, after);
    }

    private async Task<Change<AwardedCertification>> ChangeAsync(Certification? before, Certification after, CancellationToken cancellationToken)
    {
        var counted = await CountedAsync(after, cancellationToken);
        return new Change<AwardedCertification>(before is null ? null : counted with { Certification = before }, counted);
    }

    private async Task<AwardedCertification> CountedAsync(Certification certification, CancellationToken cancellationToken)
    {
        var holders = await counts.CountHoldersAsync([certification.Code], cancellationToken);
        return new AwardedCertification(certification, holders[certification.Code]);
    }
}

/// <param name="AwardedTo">How many users hold it now, expired awards included.</param>
public sealed record AwardedCertification(Certification Certification, int AwardedTo);
