using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>Wires who may call.</summary>
internal static class CallerServices
{
    /// <exception cref="StartException">Nobody could sign in, or not safely.</exception>
    public static IServiceCollection AddCallers(this IServiceCollection services, IConfiguration settings)
    {
        var auth = AuthSettings.Of(settings);
        services
            .AddSingleton(auth)
            .AddSingleton(new SameOrigin(settings))
            .AddSingleton(_ => new WriteLimit(settings))
            .AddSingleton(provider => new Doorkeeper(auth, provider.GetService<BearerTokens>()));
        return auth.Authority is not { } authority ? services : services
            .AddSingleton(provider => new OpenIdIssuer(
                authority, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<OpenIdIssuer>>()))
            .AddSingleton<BearerTokens>();
    }
}
