using CertFunctions.Functions.Lms;
using CertFunctions.Testing.Lms;
using CertFunctions.TestWorlds;

namespace CertFunctions.Functions.Tests.Lms;

public sealed class WebhookSettingsTests
{
    [Theory]
    [InlineData(24)]
    [InlineData(64)]
    public void Takes_secrets_of_24_to_64_bytes(int bytes)
    {
        var secret = LmsMessage.Secret(length: bytes);

        Assert.Equal([secret], Read(("Secrets:0", secret)).Secrets);
    }

    [Theory]
    [InlineData(23)]
    [InlineData(65)]
    public void Refuses_to_start_with_shorter_or_longer_ones(int bytes) => AssertRefused("Webhooks__Lms__Secrets__1", LmsMessage.Secret(length: bytes));

    [Theory]
    [InlineData("secret")]
    [InlineData("whsec_")]
    [InlineData("whsec_!!!!")]
    [InlineData("AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=")]
    [InlineData("WHSEC_AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=")]
    public void Refuses_to_start_with_what_is_no_secret_and_does_not_repeat_it(string text) => AssertRefused("Webhooks__Lms__Secrets__1", text);

    [Theory]
    [InlineData("lms", null)]
    [InlineData("lms", "")]
    [InlineData(null, "password")]
    [InlineData("", "password")]
    [InlineData("l:ms", "password")]
    public void Refuses_to_start_with_half_a_login(string? username, string? password)
    {
        var refusal = Assert.Throws<StartException>(() => Read(("Basic:Username", username), ("Basic:Password", password)));

        Assert.Contains("Webhooks__Lms__Basic__", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_need_be_configured()
    {
        var settings = Read(("Secrets:0", ""), ("Basic:Username", ""), ("Basic:Password", ""));

        Assert.Empty(settings.Secrets);
        Assert.Null(settings.Basic);
    }

    private static void AssertRefused(string setting, string secret)
    {
        var refusal = Assert.Throws<StartException>(() => Read(("Secrets:0", LmsMessage.Secret()), ("Secrets:1", secret)));

        Assert.Contains(setting, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Length > 6 ? secret[6..] : "\0", refusal.Message, StringComparison.Ordinal);
    }

    private static WebhookSettings Read(params (string Name, string? Value)[] settings) => WebhookSettings.Of(
        TestSettings.Of(settings.Select(setting => ($"Webhooks:Lms:{setting.Name}", setting.Value))));
}
