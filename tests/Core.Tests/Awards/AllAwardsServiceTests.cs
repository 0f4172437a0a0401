using System.Globalization;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Awards;

public sealed class AllAwardsServiceTests
{
    private static readonly AwardFilter All = new(null, null, null);

    private readonly FakeAwardStore awards = new();
    private readonly FakeCertificationStore certifications = new();
    private readonly AllAwardsService service;

    public AllAwardsServiceTests()
    {
        var time = new FakeTimeProvider(AwardSamples.Now);
        service = new AllAwardsService(awards, new CertificationCatalog(certifications, time), new OrganisationClock(time, TimeZoneInfo.Utc));
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Expiries of one award and of many, of one certification and of many, and more than a page looks at.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Pages_of_any_size_are_full_and_have_every_award_once_by_expiry_then_by_code_then_by_user(int limit)
    {
        foreach (var certification in Enumerable.Range(0, 12).Select(n => Sample.Certification($"C-{n:d2}")))
        {
            certifications.Add(certification);
        }

        List<(DateOnly? ExpiresOn, string Code, string User)> all =
        [
            .. from day in Enumerable.Range(0, 40)
               from code in Enumerable.Range(0, 12)
               from user in Enumerable.Range(0, (day + code) % 4 == 0 ? 1 + (day % 5) : 0)
               select ((DateOnly?)new DateOnly(2027, 1, 1).AddDays(day), $"C-{code:d2}", $"u-{day:d2}-{user}"),
            .. Enumerable.Range(0, 30).Select(n => ((DateOnly?)null, $"C-{n % 12:d2}", $"u-{n:d2}")),
        ];
        foreach (var (expiresOn, code, user) in all.AsEnumerable().Reverse())
        {
            await AwardAsync(CertificationCode.Parse(code), user, expiresOn);
        }

        var pages = await Walk.PagesAsync(page => service.ListAsync(All, page, Cancellation), limit);

        Assert.All(pages.SkipLast(1), page => Assert.Equal(limit, page.Count));
        Assert.Equal(
            all.OrderBy(one => one.ExpiresOn ?? DateOnly.MaxValue).ThenBy(one => one.Code, StringComparer.Ordinal).ThenBy(one => one.User, StringComparer.Ordinal),
            pages.SelectMany(page => page).Select(one => (one.Award.ExpiresOn, one.Award.CertificationCode.Value, one.Award.UserId.Value)));
    }

    /// <summary>Windows of 10 and of 30 days.</summary>
    [Theory]
    [InlineData(AwardStatus.Expired, "C-10 -1, C-30 -1")]
    [InlineData(AwardStatus.Expiring, "C-10 0, C-30 0, C-10 10, C-30 10, C-30 20, C-30 30")]
    [InlineData(AwardStatus.Valid, "C-10 20, C-10 30, C-10 31, C-30 31, C-10 always, C-30 always")]
    public async Task The_window_of_each_certification_decides_how_an_award_stands(AwardStatus status, string expected)
    {
        foreach (var days in new[] { 10, 30 })
        {
            var certification = Sample.Certification(string.Create(CultureInfo.InvariantCulture, $"C-{days}")) with { RenewalWindowDays = days };
            certifications.Add(certification);
            foreach (var expiry in new[] { -1, 0, 10, 20, 30, 31 })
            {
                await AwardAsync(certification.Code, $"u-{expiry + 1}", AwardSamples.Today.AddDays(expiry));
            }

            await AwardAsync(certification.Code, "u-100", null);
        }

        var found = await Walk.AllAsync(2, page => service.ListAsync(All with { Status = status }, page, Cancellation));

        Assert.Equal(expected, string.Join(", ", found.Select(one =>
            $"{one.Award.CertificationCode} {(one.Award.ExpiresOn is { } day ? $"{day.DayNumber - AwardSamples.Today.DayNumber}" : "always")}")));
    }

    [Fact]
    public async Task A_walk_goes_on_where_it_was_although_the_rest_of_its_expiry_has_gone()
    {
        var (one, other) = (Sample.Certification("C-1"), Sample.Certification("C-2"));
        certifications.Add(one);
        certifications.Add(other);
        var day = new DateOnly(2027, 1, 1);
        foreach (var user in new[] { "u-1", "u-2" })
        {
            await AwardAsync(one.Code, user, day);
            await AwardAsync(other.Code, user, day);
        }

        var first = await service.ListAsync(All, new PageRequest(1, null), Cancellation);
        foreach (var user in new[] { "u-1", "u-2" })
        {
            var stored = await awards.FindAsync(one.Code, Sample.Id(user), Cancellation);
            Assert.True(await awards.TryWriteAsync(AwardSamples.Revocation(stored!), Cancellation));
        }

        var rest = await service.ListAsync(All, new PageRequest(50, first.Next), Cancellation);
        Assert.Equal(["C-2 u-1", "C-2 u-2"], rest.Items.Select(held => $"{held.Award.CertificationCode} {held.Award.UserId}"));
    }

    private async Task AwardAsync(CertificationCode code, string user, DateOnly? expiresOn) =>
        Assert.True(await awards.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(code, Sample.Id(user), expiresOn)), Cancellation));
}
