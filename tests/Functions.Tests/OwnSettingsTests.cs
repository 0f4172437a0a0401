using CertFunctions.TestWorlds;

namespace CertFunctions.Functions.Tests;

public sealed class OwnSettingsTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    [Fact]
    public void A_misspelt_name_in_a_section_of_ours_is_found_and_others_are_left_alone() => Assert.Equal(
        ["Jobs__StaledAfterSeconds", "Limits__ConfirmAbove__Users", "Webhooks__Lms__Secrets__2", "Webhooks__Secret"],
        OwnSettings.Unknown(TestSettings.Of(
            ("Jobs:StaledAfterSeconds", "60"), ("Limits:ConfirmAbove:Users", "3"), ("Webhooks:Lms:Secrets:2", Secret), ("Webhooks:Secret", "x"),
            ("limits:confirmabove", "3"), ("Webhooks:Lms:Secrets:0", Secret), ("CertStorage", "UseDevelopmentStorage=true"),
            ("AzureWebJobs:IngestFile:Disabled", "true"), ("Jobsite:Name", "x"))));

    [Fact]
    public void What_is_in_force_is_told_without_any_secret()
    {
        var told = OwnSettings.InForce(TestSettings.Of(
            ("AZURE_FUNCTIONS_ENVIRONMENT", "Development"), ("CertStorage", "AccountKey=secret-key"), ("Limits:ConfirmAbove", "7"), ("Webhooks:Lms:Secrets:0", Secret),
            ("Webhooks:Lms:Basic:Username", "lms"), ("Webhooks:Lms:Basic:Password", "letmein")));

        Assert.Equal(
            "Auth__Authority none, CertStorage a connection string, Jobs__StalledAfterSeconds 180, Limits__ConfirmAbove 7, Limits__WritesPerMinute 0, Organisation__TimeZone UTC, "
            + "Webhooks__Lms__Secrets 1 set, Webhooks__Lms__Basic set",
            told);
    }

    [Fact]
    public void Sign_in_is_told_and_without_it_nothing_runs_in_production()
    {
        var told = OwnSettings.InForce(TestSettings.Of(("Auth:Authority", "https://issuer.example/t"), ("Auth:Audience", "api://certs"), ("WEBSITE_AUTH_ENABLED", "True")));

        Assert.StartsWith(
            "Auth__Authority https://issuer.example/t, Auth__Audience api://certs, Auth__UserIdClaim sub, the platform's sign-in taken, ", told, StringComparison.Ordinal);
        Assert.Contains("Limits__WritesPerMinute 6000", told, StringComparison.Ordinal);
        Assert.Throws<StartException>(() => OwnSettings.InForce(TestSettings.Of()));
    }

    [Theory]
    [InlineData("Limits:ConfirmAbove", "-1")]
    [InlineData("Limits:WritesPerMinute", "many")]
    [InlineData("Auth:Authority", "issuer.example")]
    [InlineData("Jobs:StalledAfterSeconds", "soon")]
    [InlineData("Organisation:TimeZone", "Mars/Phobos")]
    [InlineData("Webhooks:Lms:Secrets:0", "secret-value")]
    public void A_wrong_value_refuses_to_start_and_names_the_setting(string name, string value)
    {
        var refusal = Assert.Throws<StartException>(() => OwnSettings.InForce(TestSettings.Of(("AZURE_FUNCTIONS_ENVIRONMENT", "Development"), ("Auth:Audience", "x"), (name, value))));

        Assert.Contains(name.Replace(":", "__", StringComparison.Ordinal), refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-value", refusal.Message, StringComparison.Ordinal);
    }
}
