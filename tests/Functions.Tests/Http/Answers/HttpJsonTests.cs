using System.Text.Json;
using CertFunctions.Core;
using CertFunctions.Core.Certifications;
using CertFunctions.Functions.Http.Answers;

namespace CertFunctions.Functions.Tests.Http.Answers;

public sealed class HttpJsonTests
{
    [Fact]
    public void Writes_every_kind_of_value_as_the_contract_wants_it()
    {
        var value = new
        {
            UserId = LmsId.Parse("u-1"),
            CertificationCode = CertificationCode.Parse("FIRE-1"),
            Renewal = RenewalRule.FromExpiry,
            IssuedOn = new DateOnly(2026, 11, 24),
            AwardedAt = new DateTimeOffset(2026, 11, 24, 13, 30, 0, TimeSpan.FromHours(2)),
            Nothing = (string?)null,
            Text = "Zoë <b>&\"'",
        };

        Assert.Equal(
            """{"userId":"u-1","certificationCode":"FIRE-1","renewal":"fromExpiry","issuedOn":"2026-11-24","awardedAt":"2026-11-24T11:30:00Z","nothing":null,"text":"Zoë <b>&\"'"}""",
            JsonSerializer.Serialize(value, HttpJson.Options));
    }

    [Fact]
    public void Keeps_the_fraction_of_a_second() =>
        Assert.Equal("\"2026-11-24T11:30:00.1234567Z\"", JsonSerializer.Serialize(new DateTimeOffset(2026, 11, 24, 11, 30, 0, TimeSpan.Zero).AddTicks(1234567), HttpJson.Options));
}
