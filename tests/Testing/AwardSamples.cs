using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Testing;

/// <summary>Awards for tests, each different in what the test says and alike in the rest.</summary>
public static class AwardSamples
{
    public static readonly DateOnly Today = new(2026, 11, 24);
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    public static readonly OrganisationClock Clock = new(TimeProvider.System, TimeZoneInfo.Utc);
    public static readonly Provenance Provenance = new("ada", Now, null, null);

    /// <summary>A code that nobody else uses: tests share one storage.</summary>
    public static CertificationCode NewCode() => CertificationCode.Parse($"C-{Guid.NewGuid():n}");

    public static LmsId NewUserId() => LmsId.Parse($"u-{Guid.NewGuid():n}");

    /// <summary>Users of one shard, in ordinal order.</summary>
    public static IReadOnlyList<LmsId> UsersOf(Shard shard, int count) =>
    [
        .. Enumerable.Range(0, int.MaxValue)
            .Select(n => LmsId.Parse($"u-{n:d8}"))
            .Where(id => Shard.Of(id) == shard)
            .Take(count),
    ];

    public static ShownUser ShownOf(LmsId userId) => new($"name-{userId}", "Ada", "Lovelace", Active: true);

    public static Award New(CertificationCode code, LmsId userId, DateOnly? expiresOn = null) => new()
    {
        CertificationCode = code,
        UserId = userId,
        Version = 1,
        Held = true,
        IssuedOn = Today,
        ExpiresOn = expiresOn,
        Association = Association.Manual,
        AwardedBy = Provenance.By,
        AwardedAt = Now,
        JobId = null,
        Change = Provenance.Change(AwardChangeType.Awarded, "because"),
    };

    public static AwardWrite WriteOf(Award award, ShownUser? user = null) =>
        new(award.UserId, user ?? ShownOf(award.UserId), null, award);

    public static AwardWrite Renewal(StoredAward before, DateOnly? expiresOn) => new(
        before.Award.UserId,
        before.User,
        before,
        before.Award with
        {
            Version = before.Award.Version + 1,
            Held = true,
            EndedOn = null,
            ExpiresOn = expiresOn,
            Change = Provenance.Change(AwardChangeType.Renewed, null),
        });

    public static AwardWrite Revocation(StoredAward before) => new(
        before.Award.UserId, before.User, before, AwardRules.Revoke(before.Award, "left", Provenance, Clock));

    /// <summary>What a run stores of a write: as if it were of an order.</summary>
    public static TaskWrite TaskOf(AwardWrite write, ChangeOutcome outcome = ChangeOutcome.Awarded) =>
        new(ResultOf(write.UserId, outcome, write.After?.Version), write);

    /// <summary>A task that leaves its award as it is.</summary>
    public static TaskWrite Skipped(LmsId userId, string code = "already_held") => new(ResultOf(userId, ChangeOutcome.Skipped, null) with { Code = code });

    public static JobResult ResultOf(LmsId userId, ChangeOutcome outcome, int? version) => new(userId, ShownOf(userId).Username, outcome, null, null, version);
}
