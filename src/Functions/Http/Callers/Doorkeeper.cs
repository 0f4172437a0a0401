using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace CertFunctions.Functions.Http.Callers;

/// <summary>Decides who a caller is. Without <c>Auth__Authority</c>, in Development, everyone is the local developer.</summary>
public sealed class Doorkeeper
{
    private readonly bool everyoneIsLocalDeveloper;

    /// <exception cref="StartException">Nobody could sign in, and this is no development environment.</exception>
    public Doorkeeper(IConfiguration settings)
    {
        everyoneIsLocalDeveloper = string.IsNullOrEmpty(settings["Auth:Authority"]);
        if (everyoneIsLocalDeveloper && !HostingEnvironment.IsDevelopment(settings))
        {
            throw new StartException(
                "Set Auth__Authority to your OpenID issuer: without it the app starts only where AZURE_FUNCTIONS_ENVIRONMENT is Development.");
        }
    }

    public bool EveryoneIsLocalDeveloper => everyoneIsLocalDeveloper;

    /// <returns>Null when the caller has not proved who it is.</returns>
    public Caller? Identify(HttpContext context) => everyoneIsLocalDeveloper ? Caller.LocalDeveloper : null;
}
