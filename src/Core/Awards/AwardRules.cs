using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Core.Awards;

/// <summary>Decides what an order does to one user. Pure: the same question always has the same answer.</summary>
public static class AwardRules
{
    /// <param name="user">Null: there is no such user.</param>
    /// <param name="existing">The latest version of the user's award, an unassigned one included; null: never awarded.</param>
    public static Decision Decide(
        AwardOrder order, Certification certification, LmsId userId, User? user, Award? existing, Provenance provenance)
    {
        if (TroubleOf(user) is { } trouble)
        {
            return trouble;
        }

        if (certification.Status == CertificationStatus.Archived)
        {
            return Decision.Fail(ErrorCode.CertificationArchived, "The certification is archived.");
        }

        var then = provenance.NotBefore(existing);
        return existing is { Held: true }
            ? DecideOnExisting(order, existing, then)
            : Write(ChangeOutcome.Awarded, AwardChangeType.Awarded, order, certification.Code, userId, existing?.Version ?? 0, then);
    }

    /// <summary>Why the user cannot be awarded anything; null: nothing stands against it.</summary>
    public static Decision? TroubleOf(User? user) => user switch
    {
        null => Decision.Fail(ErrorCode.UserNotFound, "There is no such user."),
        { Active: false } => Decision.Fail(ErrorCode.UserDeactivated, "The user is deactivated."),
        _ => null,
    };

    /// <summary>Decides to unassign; who is deactivated can lose an award all the same.</summary>
    public static Decision DecideRevocation(
        string? reason, User? user, Award? existing, Provenance provenance, OrganisationClock clock) => (user, existing) switch
        {
            (null, _) => TroubleOf(null)!,
            (_, { Held: true }) => Decision.Write(ChangeOutcome.Revoked, Revoke(existing, reason, provenance, clock)),
            _ => Decision.Skip(ErrorCode.NotHeld, "The user does not hold the certification."),
        };

    /// <summary>The version that says that the award is held no longer.</summary>
    /// <param name="clock">Says on which day that is.</param>
    public static Award Revoke(Award before, string? reason, Provenance provenance, OrganisationClock clock)
    {
        var change = provenance.NotBefore(before).Change(AwardChangeType.Revoked, reason);
        return before with { Version = before.Version + 1, Held = false, Restores = null, EndedOn = clock.DateOf(change.At), Change = change };
    }

    private static Decision DecideOnExisting(AwardOrder order, Award existing, Provenance provenance) => order.OnExisting switch
    {
        OnExisting.Overwrite => Rewrite(ChangeOutcome.Updated, AwardChangeType.Updated, order, existing, provenance),
        OnExisting.Skip => AlreadyHeld(),
        _ when IsOfOlderRow(order, existing, provenance) => Rewrite(ChangeOutcome.Renewed, AwardChangeType.Renewed, order, existing, provenance),
        _ when IsSame(order, existing) => AlreadyHeld(),
        _ when LastsLonger(existing, order) => Decision.Skip(ErrorCode.NewerAwardExists, "The award that the user holds lasts longer."),
        _ => Rewrite(ChangeOutcome.Renewed, AwardChangeType.Renewed, order, existing, provenance),
    };

    private static Decision AlreadyHeld() => Decision.Skip(ErrorCode.AlreadyHeld, "The user holds the certification already.");

    private static bool IsSame(AwardOrder order, Award existing) =>
        existing.ExpiresOn == order.ExpiresOn && (existing.AlwaysValid || existing.IssuedOn == order.IssuedOn);

    /// <summary>
    /// Of several rows of one file that never expire the newest is held in the end, in whatever order they are carried out. What was
    /// held before the file came stays.
    /// </summary>
    private static bool IsOfOlderRow(AwardOrder order, Award existing, Provenance provenance) =>
        provenance is { JobId: not null, Origin.Line: not null } && existing.JobId == provenance.JobId
        && existing.AlwaysValid && order.ExpiresOn is null && existing.IssuedOn < order.IssuedOn;

    private static bool LastsLonger(Award existing, AwardOrder order) =>
        existing.AlwaysValid
        || existing.ExpiresOn > order.ExpiresOn
        || (existing.ExpiresOn == order.ExpiresOn && existing.IssuedOn > order.IssuedOn);

    private static Decision Rewrite(
        ChangeOutcome outcome, AwardChangeType change, AwardOrder order, Award existing, Provenance provenance) =>
        Write(outcome, change, order, existing.CertificationCode, existing.UserId, existing.Version, provenance);

    private static Decision Write(
        ChangeOutcome outcome,
        AwardChangeType change,
        AwardOrder order,
        CertificationCode code,
        LmsId userId,
        int versionBefore,
        Provenance provenance) =>
        Decision.Write(outcome, new Award
        {
            CertificationCode = code,
            UserId = userId,
            Version = versionBefore + 1,
            Held = true,
            IssuedOn = order.IssuedOn,
            ExpiresOn = order.ExpiresOn,
            Association = order.Association,
            AwardedBy = provenance.By,
            AwardedAt = provenance.At,
            JobId = provenance.JobId,
            Change = provenance.Change(change, order.Reason),
        });
}
