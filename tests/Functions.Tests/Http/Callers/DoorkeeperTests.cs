using CertFunctions.Functions.Http.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions.Tests.Http.Callers;

public sealed class DoorkeeperTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("Production")]
    [InlineData("Staging")]
    public void Refuses_to_start_where_nobody_could_sign_in(string? environment)
    {
        var refusal = Assert.Throws<StartException>(() => new Doorkeeper(Settings(environment, authority: null)));

        Assert.Contains("Auth__Authority", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void In_development_everyone_is_the_local_developer()
    {
        var doorkeeper = new Doorkeeper(Settings("Development", authority: null));

        Assert.Equal(new Caller("local-developer", CallerRole.Superadmin), doorkeeper.Identify(new DefaultHttpContext()));
        Assert.True(doorkeeper.EveryoneIsLocalDeveloper);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public void With_an_authority_nobody_is_the_local_developer(string environment)
    {
        var doorkeeper = new Doorkeeper(Settings(environment, "https://issuer.example"));

        Assert.Null(doorkeeper.Identify(new DefaultHttpContext()));
        Assert.False(doorkeeper.EveryoneIsLocalDeveloper);
    }

    private static IConfiguration Settings(string? environment, string? authority) => new ConfigurationBuilder()
        .AddInMemoryCollection([new("AZURE_FUNCTIONS_ENVIRONMENT", environment), new("Auth:Authority", authority)])
        .Build();
}
