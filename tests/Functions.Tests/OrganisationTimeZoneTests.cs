using CertFunctions.TestWorlds;

namespace CertFunctions.Functions.Tests;

public sealed class OrganisationTimeZoneTests
{
    [Theory]
    [InlineData(null, "UTC")]
    [InlineData("", "UTC")]
    [InlineData("UTC", "UTC")]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("Pacific/Kiritimati", "Pacific/Kiritimati")]
    public void Knows_IANA_names(string? setting, string id) => Assert.Equal(id, OrganisationTimeZone.Of(TestSettings.Of(("Organisation:TimeZone", setting))).Id);

    [Theory]
    [InlineData("Mars/Phobos")]
    [InlineData("../../etc/passwd")]
    [InlineData("W. Europe Standard Time")]
    public void Refuses_to_start_with_another(string setting)
    {
        var refusal = Assert.Throws<StartException>(() => OrganisationTimeZone.Of(TestSettings.Of(("Organisation:TimeZone", setting))));

        Assert.Contains($"'{setting}'", refusal.Message, StringComparison.Ordinal);
    }
}
