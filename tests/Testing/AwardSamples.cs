using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;

namespace CertFunctions.Testing;

/// <summary>Awards for tests, each different in what the test says and alike in the rest.</summary>
public static class AwardSamples
{
    public static readonly DateOnly Today = new(2026, 11, 24);
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    public static readonly AwardChangeSource Source = new("ada", Now, null, null);

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

    public static PersonName NameOf(LmsId userId) => new($"name-{userId}", "Ada", "Lovelace");

    public static Award New(CertificationCode code, LmsId userId, DateOnly? expiresOn = null) => new()
    {
        CertificationCode = code,
        UserId = userId,
        Version = 1,
        Held = true,
        IssuedOn = Today,
        ExpiresOn = expiresOn,
        Association = Association.Manual,
        AwardedBy = Source.By,
        AwardedAt = Now,
        JobId = null,
        Change = Source.Change(AwardChangeType.Awarded, "because"),
    };

    public static AwardWrite WriteOf(Award award, PersonName? name = null) =>
        new(award.UserId, name ?? NameOf(award.UserId), null, Decision.Write(AwardOutcome.Awarded, award));

    public static AwardWrite Renewal(StoredAward before, DateOnly? expiresOn) => new(
        before.Award.UserId,
        before.Name,
        before,
        Decision.Write(AwardOutcome.Renewed, before.Award with
        {
            Version = before.Award.Version + 1,
            Held = true,
            ExpiresOn = expiresOn,
            Change = Source.Change(AwardChangeType.Renewed, null),
        }));

    public static AwardWrite Revocation(StoredAward before) => new(
        before.Award.UserId, before.Name, before, Decision.Write(AwardOutcome.Revoked, AwardRules.Revoke(before.Award, "left", Source)));
}
