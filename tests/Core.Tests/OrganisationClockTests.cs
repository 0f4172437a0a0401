using Microsoft.Extensions.Time.Testing;

namespace CertFunctions.Core.Tests;

public sealed class OrganisationClockTests
{
    [Theory]
    [InlineData("Pacific/Auckland", "2026-11-24T10:59:59Z", "2026-11-24")]
    [InlineData("Pacific/Auckland", "2026-11-24T11:00:00Z", "2026-11-25")]
    [InlineData("America/Los_Angeles", "2026-11-24T07:59:59Z", "2026-11-23")]
    [InlineData("America/Los_Angeles", "2026-11-24T08:00:00Z", "2026-11-24")]
    [InlineData("UTC", "2026-11-24T23:59:59Z", "2026-11-24")]
    [InlineData("Europe/Berlin", "2026-03-29T22:00:00Z", "2026-03-30")]
    public void Takes_the_date_of_the_organisations_zone(string zone, string now, string today)
    {
        var time = new FakeTimeProvider(DateTimeOffset.Parse(now, System.Globalization.CultureInfo.InvariantCulture));

        var clock = new OrganisationClock(time, TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(today, CalendarDate.ToText(clock.Today));
    }
}
