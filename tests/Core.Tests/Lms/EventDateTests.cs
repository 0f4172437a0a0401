using CertFunctions.Testing;
using CertFunctions.Testing.Lms;

namespace CertFunctions.Core.Tests.Lms;

/// <summary>The LMS sends instants in UTC; an award is issued on the organisation's calendar date.</summary>
public sealed class EventDateTests
{
    [Theory]
    [InlineData("Pacific/Kiritimati", "2026-11-20 09:59:59", "2026-11-20")]
    [InlineData("Pacific/Kiritimati", "2026-11-20 10:00:00", "2026-11-21")]
    [InlineData("Pacific/Pago_Pago", "2026-11-20 10:59:59", "2026-11-19")]
    [InlineData("Pacific/Pago_Pago", "2026-11-20 11:00:00", "2026-11-20")]
    [InlineData("Asia/Kathmandu", "2026-11-20 18:14:59", "2026-11-20")]
    [InlineData("Asia/Kathmandu", "2026-11-20 18:15:00", "2026-11-21")]
    [InlineData("UTC", "2026-11-20 23:59:59", "2026-11-20")]
    // Winter time, one hour ahead of UTC, until 01:00 UTC on the last Sunday of March; summer time, two hours ahead, from then on.
    [InlineData("Europe/Berlin", "2026-03-28 22:59:59", "2026-03-28")]
    [InlineData("Europe/Berlin", "2026-03-28 23:00:00", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-03-29 21:59:59", "2026-03-29")]
    [InlineData("Europe/Berlin", "2026-03-29 22:00:00", "2026-03-30")]
    [InlineData("Europe/Berlin", "2026-10-24 22:00:00", "2026-10-25")]
    [InlineData("Europe/Berlin", "2026-10-25 22:59:59", "2026-10-25")]
    [InlineData("Europe/Berlin", "2026-10-25 23:00:00", "2026-10-26")]
    [InlineData("Europe/Berlin", "2028-02-28 23:00:00", "2028-02-29")]
    [InlineData("Europe/Berlin", "2028-02-29 23:00:00", "2028-03-01")]
    [InlineData("UTC", "2028-02-29 12:00:00", "2028-02-29")]
    [InlineData("America/New_York", "2028-03-01 04:59:59", "2028-02-29")]
    [InlineData("UTC", "9999-12-31 23:59:59", "9999-12-31")]
    [InlineData("UTC", "1900-01-01 00:00:00", "1900-01-01")]
    public async Task The_award_is_issued_on_the_organisations_date(string zone, string completed, string issued)
    {
        var scene = new WebhookScene(TimeZoneInfo.FindSystemTimeZoneById(zone));
        var code = scene.AddCertification("FIRE-1");
        scene.Users.Add(Sample.User("u-1"));
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101", completed));

        Assert.Equal(CalendarDate.Parse(issued), (await scene.AwardOfAsync(code, "u-1"))!.IssuedOn);
    }

    [Fact]
    public async Task A_date_that_the_organisation_has_before_1900_is_refused()
    {
        var scene = new WebhookScene(TimeZoneInfo.FindSystemTimeZoneById("Pacific/Pago_Pago"));
        scene.Users.Add(Sample.User("u-1"));
        await scene.SendAsync("course.enrollment.completed", LmsMessage.Course("u-1", "C-101", "1900-01-01 00:00:00"));

        Assert.Equal("invalid_request", Assert.Single(scene.DeadLetters.All).Code);
    }
}
