using CertFunctions.Functions.Http.Callers;
using CertFunctions.TestWorlds;

namespace CertFunctions.Functions.Tests.Http.Callers;

public sealed class AuthSettingsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void Refuses_to_start_where_nobody_could_sign_in(string? environment) =>
        AssertRefused("Auth__Authority", environment, authority: null, audience: "x");

    [Fact]
    public void In_development_nobody_has_to_sign_in() => Assert.Null(Of("Development", authority: null, audience: null).Authority);

    [Fact]
    public void Refuses_an_issuer_without_an_audience() => AssertRefused("Auth__Audience", "Production", "https://issuer.example", audience: "");

    [Theory]
    [InlineData("issuer.example")]
    [InlineData("ftp://issuer.example")]
    [InlineData("https://user:pw@issuer.example")]
    [InlineData("https://issuer.example?x=1")]
    [InlineData("https://issuer.example#x")]
    public void Refuses_what_is_no_address_of_an_issuer(string authority) => AssertRefused("Auth__Authority", "Development", authority, "x");

    [Theory]
    [InlineData("Development", "http://issuer.example")]
    [InlineData("Production", "http://127.0.0.1:8080")]
    [InlineData(null, "http://localhost:8080")]
    public void Refuses_http_but_on_loopback_in_development(string? environment, string authority) =>
        AssertRefused("https", environment, authority, "x");

    [Theory]
    [InlineData("Development", "http://127.0.0.1:8080")]
    [InlineData("Development", "http://localhost:8080/realm")]
    [InlineData("Production", "https://issuer.example/tenant/v2.0")]
    public void Takes_an_issuer_whose_keys_cannot_be_forged_on_the_way(string environment, string authority) =>
        Assert.Equal(new AuthSettings(new Uri(authority), "x", "sub", PlatformSignsIn: false), Of(environment, authority, "x"));

    private static void AssertRefused(string named, string? environment, string? authority, string? audience) =>
        Assert.Contains(named, Assert.Throws<StartException>(() => Of(environment, authority, audience)).Message, StringComparison.Ordinal);

    private static AuthSettings Of(string? environment, string? authority, string? audience) => AuthSettings.Of(
        TestSettings.Of(("AZURE_FUNCTIONS_ENVIRONMENT", environment), ("Auth:Authority", authority), ("Auth:Audience", audience)));
}
