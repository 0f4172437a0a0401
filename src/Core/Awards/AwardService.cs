using CertFunctions.Core.Certifications;

namespace CertFunctions.Core.Awards;

/// <summary>Shows, edits and unassigns one award.</summary>
public sealed class AwardService(
    IAwardStore awards,
    IAwardListStore lists,
    CertificationCatalog catalog,
    ICertificationStore certifications,
    AssociationRules associations,
    OrganisationClock clock)
{
    public async Task<Outcome<ListedAward>> FindAsync(CertificationCode code, LmsId userId, CancellationToken cancellationToken) =>
        await catalog.GetAsync(code, cancellationToken) is not { } certification ? CertificationRejections.NotFound(code)
        : await awards.FindAsync(code, userId, cancellationToken) is { Award.Held: true } stored ? Listed(certification, stored)
        : AwardNotFound(code, userId);

    public async Task<Outcome<Change<ListedAward>>> EditAsync(
        CertificationCode code, LmsId userId, AwardEdit edit, Precondition precondition, string caller, CancellationToken cancellationToken)
    {
        // Its validity decides: not as the catalog remembers it.
        if (await certifications.FindAsync(code, cancellationToken) is not { Certification: var certification })
        {
            return CertificationRejections.NotFound(code);
        }

        var provenance = new Provenance(caller, clock.Now, null, null);
        var outcome = await ChangeAsync(
            code, userId, precondition, before => EditAsync(before, edit, certification, provenance, cancellationToken), cancellationToken);
        return outcome.IsDone(out var change, out var why) ? change.Select(stored => Listed(certification, stored)) : why;
    }

    /// <summary>Takes the award away. Its history stays.</summary>
    public async Task<Outcome<Change<StoredAward>>> UnassignAsync(
        CertificationCode code, LmsId userId, string? reason, Precondition precondition, string caller, CancellationToken cancellationToken)
    {
        if (await catalog.GetAsync(code, cancellationToken) is null)
        {
            return CertificationRejections.NotFound(code);
        }

        var provenance = new Provenance(caller, clock.Now, null, null);
        return await ChangeAsync(
            code,
            userId,
            precondition,
            before => Task.FromResult<Outcome<Award>>(AwardRules.Revoke(before, reason, provenance, clock)),
            cancellationToken);
    }

    /// <summary>Newest first; readable after unassigning.</summary>
    public async Task<Outcome<Page<Award>>> ListVersionsAsync(
        CertificationCode code, LmsId userId, PageRequest page, CancellationToken cancellationToken) =>
        await catalog.GetAsync(code, cancellationToken) is null ? CertificationRejections.NotFound(code)
        : await awards.FindAsync(code, userId, cancellationToken) is { } latest
            ? await lists.ListVersionsAsync(latest.Award, page, cancellationToken)
        : AwardNotFound(code, userId);

    /// <summary>Decides on the latest version until the decision is stored before anybody else's.</summary>
    private Task<Outcome<Change<StoredAward>>> ChangeAsync(
        CertificationCode code,
        LmsId userId,
        Precondition precondition,
        Func<Award, Task<Outcome<Award>>> decide,
        CancellationToken cancellationToken) => Attempts.UntilDoneAsync<Outcome<Change<StoredAward>>>(async () =>
    {
        if (await awards.FindAsync(code, userId, cancellationToken) is not { Award.Held: true } before)
        {
            return AwardNotFound(code, userId);
        }

        if (!precondition.Holds(before.Award.Version))
        {
            return Rejection.VersionConflict();
        }

        if (!(await decide(before.Award)).IsDone(out var after, out var why))
        {
            return why;
        }

        // The user is shown as before: whoever changes that rewrites the row that this write is fenced by.
        var write = new AwardWrite(userId, before.User, before, after);
        if (after == before.Award || await awards.TryWriteAsync(write, cancellationToken))
        {
            return new Change<StoredAward>(before, before with { Award = after });
        }

        return null;
    });

    private async Task<Outcome<Award>> EditAsync(
        Award before, AwardEdit edit, Certification certification, Provenance provenance, CancellationToken cancellationToken)
    {
        var asked = edit.Terms(AwardEdit.TermsOf(before));
        var today = clock.DateOf(provenance.At);
        if (asked.Association with { ActivityTitle = before.Association.ActivityTitle } == before.Association)
        {
            return edit.Apply(before, asked with { Association = before.Association }, certification, today, provenance);
        }

        return (await associations.ResolveAsync(asked.Association, cancellationToken)).IsDone(out var association, out var why)
            ? edit.Apply(before, asked with { Association = association }, certification, today, provenance)
            : why;
    }

    private static ListedAward Listed(Certification certification, StoredAward stored) => new(certification, stored.Award, stored.User);

    private static Rejection AwardNotFound(CertificationCode code, LmsId userId) =>
        Rejection.NotFound(ErrorCode.AwardNotFound, $"The user {userId} does not hold {code}.");
}
