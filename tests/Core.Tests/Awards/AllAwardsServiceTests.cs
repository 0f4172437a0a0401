using System.Globalization;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Testing;
using CertFunctions.Testing.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests.Awards;

public sealed class AllAwardsServiceTests
{
    private readonly FakeAwardStore awards = new();
    private readonly FakeCertificationStore certifications = new();
    private readonly AllAwardsService service;

    public AllAwardsServiceTests() => service = new AllAwardsService(
        certifications, awards, awards, new OrganisationClock(new FakeTimeProvider(AwardSamples.Now), TimeZoneInfo.Utc));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>More certifications than one page looks at, and more that somebody holds than one page reads.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(200)]
    public async Task Pages_of_any_size_have_every_award_once_by_certification_then_by_expiry(int limit)
    {
        List<string> expected = [];
        foreach (var number in Enumerable.Range(0, AllAwardsService.CertificationsLookedAt + 20))
        {
            var certification = Sample.Certification($"C-{number:d3}");
            certifications.Add(certification);
            foreach (var holder in Enumerable.Range(0, number % 4))
            {
                await AwardAsync(certification.Code, $"u-{3 - holder}", new DateOnly(2027 + holder, 1, 1));
                expected.Add($"{certification.Code} u-{3 - holder}");
            }
        }

        var pages = await Walk.PagesAsync(page => service.ListAsync(new AwardFilter(null, null, null), page, Cancellation), limit);

        Assert.All(pages, page => Assert.InRange(page.Count, 0, limit));
        Assert.Equal(expected, pages.SelectMany(page => page).Select(one => $"{one.Award.CertificationCode} {one.Award.UserId}"));
    }

    [Fact]
    public async Task The_window_of_each_certification_decides_what_is_expiring()
    {
        var expiresOn = AwardSamples.Today.AddDays(20);
        foreach (var days in new[] { 10, 30 })
        {
            var certification = Sample.Certification(string.Create(CultureInfo.InvariantCulture, $"C-{days}")) with { RenewalWindowDays = days };
            certifications.Add(certification);
            await AwardAsync(certification.Code, "u-1", expiresOn);
        }

        var expiring = await service.ListAsync(new AwardFilter(AwardStatus.Expiring, null, null), new PageRequest(50, null), Cancellation);

        Assert.Equal("C-30", Assert.Single(expiring.Items).Award.CertificationCode.Value);
    }

    private async Task AwardAsync(CertificationCode code, string user, DateOnly expiresOn) =>
        Assert.True(await awards.TryWriteAsync(AwardSamples.WriteOf(AwardSamples.New(code, Sample.Id(user), expiresOn)), Cancellation));
}
