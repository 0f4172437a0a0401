using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Storage;
using CertFunctions.Functions.Storage.Awards;

namespace CertFunctions.TestWorlds.Counting;

/// <summary>Fills a list fast: the truth and the row of the list by expiry of each award, without counts or receipts.</summary>
public static class SeededAwards
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static Task AddAwardsAsync(this CountedApp app, CertificationCode code, int count, CancellationToken cancellationToken)
    {
        var rows = Enumerable.Range(0, count).SelectMany(number =>
        {
            var user = SeededUsers.User(number).Shown;
            var award = Award(code, number);
            var shard = Shard.Of(award.UserId);
            return new[] { AwardKeys.Truth(award.UserId, code), AwardKeys.ByExpiry(code, award.ExpiresOn, award.UserId) }
                .Select(key => AwardRow.Of(shard, key, award, user, "seeded"));
        });
        return SeededUsers.WriteAsync(app.Clients.Table(StorageNames.Tables.Awards), rows, cancellationToken);
    }

    private static Award Award(CertificationCode code, int number) => new()
    {
        CertificationCode = code,
        UserId = SeededUsers.User(number).Id,
        Version = 1,
        Held = true,
        IssuedOn = new DateOnly(2026, 11, 24),
        ExpiresOn = new DateOnly(2027, 1, 1).AddDays(number % 1_000),
        Association = new Association(AssociationType.Manual, null, null, null),
        AwardedBy = "seeded",
        AwardedAt = At,
        JobId = null,
        Change = new AwardChange(AwardChangeType.Awarded, At, "seeded", null, null),
    };
}
